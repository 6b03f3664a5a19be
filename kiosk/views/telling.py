"""Views that ask one thing, tell one thing, or say what is under way."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views.parts import Button, Tone


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message and at most two answers: questions, troubles, unknown cards.

    ``tone`` picks the drawn sign: a question (WARNING), a trouble (TROUBLE), good news (GOOD).
    """

    title: str
    message: str
    tone: Tone
    buttons: tuple[Button, ...]
    code: str = ""  # shown small, for staff: "printer.paper_out"


@dataclass(frozen=True, slots=True)
class BusyView:
    """Something is under way: looking up, redeeming, printing."""

    title: str
    message: str
    step: int  # which of ``steps`` is under way, from 0
    steps: tuple[str, ...]  # "扣除积分", "打印纸条"; empty when there is nothing to count


@dataclass(frozen=True, slots=True)
class FetchingView:
    """Points come from elsewhere: a bar that fills up to the longest that anybody is asked to wait."""

    title: str  # "正在向总站调取积分"
    message: str
    left: str  # "最多再等 12 秒"
    seconds_left: int
    seconds: int  # 1 or more
    cancel: Button


@dataclass(frozen=True, slots=True)
class DoneView:
    """The end of a redemption. The big number stays readable even when the paper jammed."""

    title: str  # "兑换成功"
    tone: Tone
    name: str
    number: str  # "A-000042-7", drawn large
    number_label: str  # "兑换编号"
    rows: tuple[tuple[str, str], ...]
    message: str  # "请取走纸条" or what to do when it did not print
    finish: Button
    again: Button | None
