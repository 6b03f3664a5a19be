"""A resident's own pages."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.actions import Action
from kiosk.views.parts import Button, Tone


@dataclass(frozen=True, slots=True)
class ChoiceTile:
    """One of a few large ways on; ``kind`` picks the drawing: ticket, list."""

    kind: str
    label: str
    caption: str
    action: Action


@dataclass(frozen=True, slots=True)
class MineView:
    """The resident's own: two ways on, and the points above them."""

    title: str  # "我的券和积分"
    message: str  # "本站 380 分 · 一共 520 分"
    choices: tuple[ChoiceTile, ...]


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """One voucher in a page of three. ``sign`` and ``tone`` pick drawing and colour beside the word of ``state``."""

    name: str  # "东北大米 5公斤 2袋"
    number: str
    place: str
    state: str  # "可以领取"
    when: str  # "12月22日前"; may be empty
    sign: str  # ticket, tick, cross, hourglass
    tone: Tone
    action: Action


@dataclass(frozen=True, slots=True)
class VouchersView:
    """One page of a resident's vouchers, newest first; ``message`` stands where there are none."""

    title: str
    vouchers: tuple[VoucherRow, ...]
    message: str
    page: str
    previous: Button | None
    next: Button | None


@dataclass(frozen=True, slots=True)
class VoucherView:
    """One voucher, large. ``again`` asks staff for another paper."""

    title: str  # its state
    sign: str
    tone: Tone
    name: str
    number: str
    number_label: str
    rows: tuple[tuple[str, str], ...]
    message: str
    message_tone: Tone
    again: Button | None
    close: Button


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Points came or went."""

    day: str  # "11月20日"
    what: str  # "兑换东北大米 5公斤"
    points: str  # "-120 分", with a real minus sign
    tone: Tone  # GOOD where points came; the sign says it too


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One page of everything that moved the points; together it is ``balance``."""

    title: str
    balance: str  # "本站现有 380 分"
    lines: tuple[HistoryRow, ...]
    message: str
    page: str
    previous: Button | None
    next: Button | None
