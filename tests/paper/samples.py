"""Papers whose bytes are frozen. Made again with: python -m tests.paper.samples (then look at every picture)."""

from __future__ import annotations

from pathlib import Path

from devices.drivers.printer.profile import PROFILES
from devices.drivers.printer.render import render
from devices.paper import Paper
from devices.simulated.paper.draw import png
from devices.simulated.paper.interpreter import Interpreter
from domain.ids import Day, Epoch, ItemId, PlaceId, StationId
from domain.voucher import ItemKind, Voucher, code_of, pack, signed_message
from domain.voucher_number import VoucherNumber
from kiosk.papers import VoucherContent, voucher_paper
from kiosk.texts import load_texts
from sync.identity import SigningKey
from tests.support.station import FONTS, ROOT

GOLDEN = ROOT / "tests" / "paper" / "golden"
FACE = FONTS / "YizhanSans-Regular.otf"
KEY = SigningKey(1, b"golden paper key of the tests.. ")
STATION = StationId("50019900100101")
VOUCHER = Voucher(
    station=STATION,
    number=VoucherNumber(Epoch(1), 42),
    place=PlaceId(STATION),
    kind=ItemKind.GOODS,
    item=ItemId(101),
    pieces=1,
    points=120,
    issued=Day(2517),
    expires=Day(2547),
    key_id=1,
)
CONTENT = VoucherContent(
    station="学田湾社区党群驿站",
    kind="goods",
    item="东北大米 5公斤",
    pieces=1,
    unit="袋",
    points=120,
    left=260,
    name="陈*芳",
    place="学田湾社区党群驿站",
    issued="2026-11-22 10:24",
    expires="2026-12-22",
    number=VOUCHER.text,
    code=code_of(pack(VOUCHER), KEY.sign(signed_message(pack(VOUCHER)))),
)


def papers() -> dict[str, Paper]:
    """Every frozen paper by name."""
    texts = load_texts()
    return {"voucher": voucher_paper(CONTENT, 0, texts), "voucher-reprint": voucher_paper(CONTENT, 1, texts)}


def rendered(name: str, profile: str) -> bytes:
    """The bytes of a paper now."""
    return render(papers()[name], PROFILES[profile], FACE)


def remake(folder: Path) -> None:
    """Write bytes, text and picture of every paper."""
    folder.mkdir(exist_ok=True)
    for name in papers():
        for profile in ("80mm", "58mm"):
            data = rendered(name, profile)
            interpreter = Interpreter(dots=PROFILES[profile].dots, cutter=PROFILES[profile].cutter)
            interpreter.feed(data)
            (paper,) = interpreter.papers
            stem = folder / f"{name}-{profile}"
            stem.with_suffix(".bin").write_bytes(data)
            stem.with_suffix(".txt").write_text(paper.text + "\n", encoding="utf-8")
            stem.with_suffix(".png").write_bytes(png(paper, FACE))


if __name__ == "__main__":
    remake(GOLDEN)
