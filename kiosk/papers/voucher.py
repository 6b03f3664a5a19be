"""The voucher: what a resident carries away, and hands over against goods. Pure."""

from __future__ import annotations

import msgspec

from devices.paper import Align, Cut, Feed, Pair, Paper, Part, Qr, Rule, Text
from kiosk.texts import Texts


class VoucherContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that stands on a voucher, kept with the print job so that a reprint says exactly the same."""

    station: str
    kind: str
    item: str
    pieces: int
    unit: str
    points: int
    left: int
    name: str  # masked
    place: str
    issued: str  # "2026-11-22 10:24", or "" when the clock was not known to be right
    expires: str  # "2026-12-22", or "" for none
    number: str
    code: str
    demo: bool = False
    proxy: str = ""  # masked name of who came in the resident's place


def encode_content(content: VoucherContent) -> bytes:
    """Return the bytes that a print job keeps."""
    return msgspec.json.encode(content)


def decode_content(data: bytes) -> VoucherContent:
    """Return what ``encode_content`` kept."""
    return msgspec.json.decode(data, type=VoucherContent)


def nameless(data: bytes) -> bytes:
    """Return what ``encode_content`` kept, without the names: its resident was erased."""
    return encode_content(msgspec.structs.replace(decode_content(data), name="", proxy=""))


def proxyless(data: bytes) -> bytes:
    """Return what ``encode_content`` kept, without the name of who came in the resident's place."""
    return encode_content(msgspec.structs.replace(decode_content(data), proxy=""))


def voucher_paper(content: VoucherContent, copy: int, texts: Texts) -> Paper:
    """Lay out a voucher; ``copy`` 0 is the first paper, later ones are marked 补打."""
    t = texts
    parts: list[Part] = [
        Text(content.station, Align.CENTRE, bold=True),
        Text(t("paper.voucher.title"), Align.CENTRE, scale=2, bold=True),
        *([Text(t("paper.reprint", copy=copy), Align.CENTRE, bold=True)] if copy else []),
        *([Text(t("paper.demo"), Align.CENTRE)] if content.demo else []),
        Text(content.number, Align.CENTRE, scale=2),
        Rule(),
        Pair(t(f"kind.{content.kind}"), content.item, bold=True),
        Pair(t("paper.pieces"), t("paper.pieces.value", pieces=content.pieces, unit=content.unit)),
        Pair(t("paper.points"), t("points", points=content.points)),
        Pair(t("paper.left"), t("points", points=content.left)),
        Pair(t("paper.name"), content.name),
        *([Pair(t("paper.proxy"), content.proxy)] if content.proxy else []),
        Pair(t("paper.place"), content.place),
        Pair(t("paper.issued"), content.issued or t("paper.day.unknown")),
        Pair(t("paper.expires"), content.expires or t("paper.expires.none")),
        Rule(),
        Qr(content.code),
        Text(t("paper.voucher.hint"), Align.CENTRE),
        Feed(1),
        Cut(),
    ]
    return tuple(parts)
