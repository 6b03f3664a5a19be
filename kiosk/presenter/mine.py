"""The resident's own pages: vouchers with their states, and what moved the points, in plain sentences."""

from __future__ import annotations

from datetime import date

from kiosk import actions as a
from kiosk.desk.mine_answers import HistoryLine, PaperState, VoucherSeen, VoucherState
from kiosk.flow import states as s
from kiosk.flow.mine import may_ask
from kiosk.flow.visit import Visit
from kiosk.presenter.scene import Scene
from kiosk.presenter.sentences import so_many
from kiosk.views import (
    Button,
    ChoiceTile,
    HistoryRow,
    HistoryView,
    MineView,
    Tone,
    VoucherRow,
    VouchersView,
    VoucherView,
)

MINUS, PLUS = "\u2212", "+"
_SIGNS = {
    VoucherState.OPEN: "ticket",
    VoucherState.HONOURED: "tick",
    VoucherState.VOID: "cross",
    VoucherState.EXPIRED: "hourglass",
}
_TONES = {
    VoucherState.OPEN: Tone.GOOD,
    VoucherState.HONOURED: Tone.PLAIN,
    VoucherState.VOID: Tone.TROUBLE,
    VoucherState.EXPIRED: Tone.WARNING,
}


def total_line(visit: Visit, scene: Scene, dated: str = "home.total.day") -> str:
    """How many points there are in all, with the day on which that was said; empty if no more is known than is here.

    ``dated``: which text says it if that was not today.
    """
    t, told = scene.texts, visit.known.told
    if told is None or not told.points:
        return ""
    total = visit.points + told.points
    return t("home.total", total=total) if told.fresh else t(dated, total=total, day=day(told.day, scene))


def mine(state: s.AtMine, scene: Scene) -> MineView:
    """Two ways on."""
    t, visit = scene.texts, state.visit
    total = total_line(visit, scene)
    here = t("mine.here", points=visit.points)
    return MineView(
        title=t("mine.title"),
        message=t("mine.separator").join(filter(None, (here, total))),
        choices=(
            ChoiceTile("ticket", t("mine.vouchers"), t("mine.vouchers.caption"), a.OpenVouchers()),
            ChoiceTile("list", t("mine.history"), t("mine.history.caption"), a.OpenHistory()),
        ),
    )


def vouchers(state: s.AtVouchers, scene: Scene) -> VouchersView:
    """One page of vouchers."""
    t, found = scene.texts, state.found
    paged = found.pages > 1
    empty = t("vouchers.none.for" if state.visit.proxy else "vouchers.none")
    return VouchersView(
        title=t("vouchers.title.for" if state.visit.proxy else "vouchers.title"),
        vouchers=tuple(_voucher_row(at, one, scene) for at, one in enumerate(found.vouchers)),
        message="" if found.vouchers else empty,
        page=t("page", page=found.page + 1, pages=found.pages) if paged else "",
        previous=_turn(t("button.previous"), found.page - 1, found.pages) if paged else None,
        next=_turn(t("button.next"), found.page + 1, found.pages) if paged else None,
    )


def _voucher_row(at: int, one: VoucherSeen, scene: Scene) -> VoucherRow:
    t = scene.texts
    return VoucherRow(
        name=so_many(one.item, one.pieces, one.unit, scene),
        number=one.text,
        place=one.place,
        state=t(f"vouchers.state.{one.state.value}"),
        when=_when(one, scene),
        sign=_SIGNS[one.state],
        tone=_TONES[one.state],
        action=a.OpenVoucher(at),
    )


def _when(one: VoucherSeen, scene: Scene) -> str:
    """Until when, or since when: the day that matters in this state."""
    t = scene.texts
    if one.state is VoucherState.OPEN:
        return t("vouchers.until", day=day(one.expires, scene)) if one.expires else t("paper.expires.none")
    known = one.decided or (one.expires if one.state is VoucherState.EXPIRED else "")
    return day(known, scene)


def voucher(state: s.AtVoucher, scene: Scene) -> VoucherView:
    """One voucher, large."""
    t, one = scene.texts, state.voucher
    message, tone = _about(one, scene)
    return VoucherView(
        title=t(f"vouchers.state.{one.state.value}"),
        sign=_SIGNS[one.state],
        tone=_TONES[one.state],
        name=so_many(one.item, one.pieces, one.unit, scene),
        number=one.text,
        number_label=t("done.number"),
        rows=(
            (t("voucher.place"), one.place),
            (t("voucher.expires"), day(one.expires, scene) or t("paper.expires.none")),
            (t("voucher.decided"), day(one.decided, scene))
            if one.decided
            else (t("voucher.issued"), day(one.issued, scene) or t("history.day.unknown")),
            (t("voucher.proxy"), one.proxy) if one.proxy else (t("voucher.points"), t("points", points=one.points)),
        ),
        message=message,
        message_tone=tone,
        again=Button(t("voucher.again"), a.AskPaper(), Tone.PLAIN) if may_ask(state) else None,
        close=Button(t("voucher.close"), a.Back(), Tone.PRIMARY),
    )


def _about(one: VoucherSeen, scene: Scene) -> tuple[str, Tone]:
    t = scene.texts
    if one.state is not VoucherState.OPEN:
        return t(f"voucher.about.{one.state.value}"), Tone.PLAIN
    if one.paper is PaperState.OUT:
        return t("voucher.about.open"), Tone.PLAIN
    return t(f"voucher.paper.{one.paper.value}"), Tone.GOOD if one.paper is PaperState.ASKED else Tone.WARNING


def history(state: s.AtHistory, scene: Scene) -> HistoryView:
    """One page of what moved the points."""
    t, read = scene.texts, state.read
    paged = read.pages > 1
    return HistoryView(
        title=t("history.title"),
        balance=t("history.balance", points=read.balance),
        lines=tuple(_history_row(line, scene) for line in read.lines),
        message="" if read.lines else t("history.none"),
        page=t("page", page=read.page + 1, pages=read.pages) if paged else "",
        previous=_turn(t("button.previous"), read.page - 1, read.pages) if paged else None,
        next=_turn(t("button.next"), read.page + 1, read.pages) if paged else None,
    )


def _history_row(line: HistoryLine, scene: Scene) -> HistoryRow:
    t = scene.texts
    item = so_many(line.item, line.pieces, line.unit, scene) if line.item else t("history.item.unknown")
    what = t(f"history.{line.what}", item=item)
    if line.why:
        what = t("history.why", what=what, why=line.why)
    if line.proxy:
        what = t("history.proxy", what=what, name=line.proxy)
    sign = PLUS if line.points > 0 else MINUS
    return HistoryRow(
        day=day(line.day, scene) or t("history.day.unknown"),
        what=what,
        points=t("points", points=f"{sign}{abs(line.points)}"),
        tone=Tone.GOOD if line.points > 0 else Tone.PLAIN,
    )


def day(iso: str, scene: Scene) -> str:
    """``2026-11-24`` as people say it; empty stays empty."""
    if not iso:
        return ""
    found = date.fromisoformat(iso)
    return scene.texts("day.short", month=found.month, day=found.day)


def _turn(label: str, page: int, pages: int) -> Button:
    return Button(label, a.TurnPage(page), enabled=0 <= page < pages)
