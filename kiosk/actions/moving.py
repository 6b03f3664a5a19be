"""Ways through the screens, the same everywhere."""

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
