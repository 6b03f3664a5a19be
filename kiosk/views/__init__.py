"""View-models: all that a screen needs to draw itself, as plain values with every text ready. No Kivy here.

A screen draws its view and nothing else; a button hands its action back. A masked name is all of a person in a view.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.spoken import SpokenLine
from kiosk.dimness import Dimness
from kiosk.look import Look
from kiosk.views.choosing import (
    ClassTile,
    ConfirmView,
    GroupsView,
    HomeView,
    ItemsView,
    ItemTile,
    ItemView,
    Stepper,
    WhomView,
)
from kiosk.views.entering import GridView, KeypadView, NoticeView, PhoneView
from kiosk.views.first import BoardPage, IdleView
from kiosk.views.own import ChoiceTile, HistoryRow, HistoryView, MineView, VoucherRow, VouchersView, VoucherView
from kiosk.views.parts import Button, Frame, LookView, Tone
from kiosk.views.staff import StaffJob, StaffView
from kiosk.views.telling import BusyView, DoneView, FetchingView, MessageView

Body = (
    IdleView
    | WhomView
    | HomeView
    | ItemsView
    | GroupsView
    | ItemView
    | ConfirmView
    | MessageView
    | BusyView
    | FetchingView
    | DoneView
    | PhoneView
    | StaffView
    | MineView
    | VouchersView
    | VoucherView
    | HistoryView
    | NoticeView
    | KeypadView
    | GridView
    | LookView
)


@dataclass(frozen=True, slots=True)
class StillThere:
    """Laid over any screen when nobody touched it for a while: 还在吗？ with a count and one big button."""

    title: str
    message: str
    seconds_left: int
    more: Button
    finish: Button


@dataclass(frozen=True, slots=True)
class View:
    """The whole picture. ``speech`` is the one line that is spoken on entering it."""

    frame: Frame
    body: Body
    speech: SpokenLine = ()
    overlay: StillThere | None = None
    dimness: Dimness = Dimness.BRIGHT  # on anything darker the first touch only wakes
    shift: tuple[int, int] = (0, 0)  # how far a picture that stands for hours is moved, in steps, so that none burns in
    look: Look = field(default_factory=Look)
    said: int = 0  # grows when the line is to be spoken once more


__all__ = [
    "BoardPage", "Body", "BusyView", "Button", "ChoiceTile", "ClassTile", "ConfirmView", "DoneView", "FetchingView",
    "Frame", "GridView", "GroupsView", "HistoryRow", "HistoryView", "HomeView", "IdleView", "ItemTile", "ItemView",
    "ItemsView", "KeypadView", "LookView", "MessageView", "MineView", "NoticeView", "PhoneView", "StaffJob",
    "StaffView", "Stepper", "StillThere", "Tone", "View", "VoucherRow", "VoucherView", "VouchersView", "WhomView",
]  # fmt: skip
