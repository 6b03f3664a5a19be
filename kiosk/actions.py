"""What a person can ask of the screen: every button carries one of these values. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Back:
    """One screen back."""


@dataclass(frozen=True, slots=True)
class Home:
    """To the first screen of the visit."""


@dataclass(frozen=True, slots=True)
class Finish:
    """End the visit: 结束."""


@dataclass(frozen=True, slots=True)
class CallStaff:
    """呼叫工作人员."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """更多时间: still here."""


@dataclass(frozen=True, slots=True)
class Wake:
    """A touch on a screen that rests, or beside every button of the first one: somebody is here."""


@dataclass(frozen=True, slots=True)
class ChooseWhom:
    """为谁办: one of the people for whom the holder of the card may act, counted from 0."""

    at: int


@dataclass(frozen=True, slots=True)
class ChooseClass:
    """One of the three classes: ``goods``, ``service``, ``repair``."""

    kind: str


@dataclass(frozen=True, slots=True)
class TurnPage:
    """To another page of six; ``page`` counts from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class ShowGroups:
    """按类找: choose a group of the class that is shown."""


@dataclass(frozen=True, slots=True)
class ChooseGroup:
    """Narrow the shelf to one group; empty: what has none; ``None``: all of the class."""

    group: str | None


@dataclass(frozen=True, slots=True)
class SetPieces:
    """So many pieces of the item that is shown."""

    pieces: int


@dataclass(frozen=True, slots=True)
class ChooseItem:
    """Look at one item of the catalogue."""

    item: int


@dataclass(frozen=True, slots=True)
class Redeem:
    """兑换: go to the confirmation."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """确认兑换: spend the points."""


@dataclass(frozen=True, slots=True)
class AcceptLater:
    """Go on although the paper will be printed later (纸条稍后补打)."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Staff: print this job again, marked 补打."""

    job: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Staff: the paper of this job is in the resident's hand after all; take it off the list."""

    job: int


@dataclass(frozen=True, slots=True)
class OpenMine:
    """我的券和积分: the resident's own pages."""


@dataclass(frozen=True, slots=True)
class OpenVouchers:
    """我的兑换券."""


@dataclass(frozen=True, slots=True)
class OpenHistory:
    """积分明细."""


@dataclass(frozen=True, slots=True)
class OpenVoucher:
    """Look at one voucher of the page, counted from 0."""

    at: int


@dataclass(frozen=True, slots=True)
class AskPaper:
    """再打印一次: tell staff that another paper is wanted; nothing is printed by it."""


Action = (
    Back
    | Home
    | Finish
    | CallStaff
    | MoreTime
    | Wake
    | ChooseWhom
    | ChooseClass
    | TurnPage
    | ShowGroups
    | ChooseGroup
    | SetPieces
    | ChooseItem
    | Redeem
    | Confirm
    | AcceptLater
    | Reprint
    | SetAside
    | OpenMine
    | OpenVouchers
    | OpenHistory
    | OpenVoucher
    | AskPaper
)
