"""Ways: nobody is stuck, alone, unheard or asked too much on any screen. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kiosk import actions as a
from kiosk.audit.finding import Finding, Rule
from kiosk.audit.seen import Seen, SeenTarget
from kiosk.views import BusyView, HomeView, IdleView, NoticeView, StaffView, WhomView

CHOICES_MAX = 6
NOBODY_WAITS = (
    "idle",
    "idle_refused",
    "looking",
    "redeeming",
    "printing",
    "out_of_order",
    "pin_under_way",
    "withdrawing",
)
"""States that end by themselves, or in which nobody stands before the screen with something begun."""

ENDS_BY_ANSWER = ("redeeming", "out_of_order", "pin_under_way", "withdrawing")
"""States that time alone does not end: the journal answers, or staff mend it."""

_SEARCH = (a.TurnPage, a.ShowGroups)
"""Not choices themselves: they lead to where the choice is."""

_LEAD_ON = (a.Back, a.Home, a.Finish, a.MoreTime)


def measure_ways(seen: Seen) -> Iterator[Finding]:
    """Every fault of a screen that is not about how it looks."""
    yield from _ways(seen)
    yield from _time(seen)
    yield from _choices(seen)
    yield from _speech(seen)
    if help_of(seen) is None and seen.view.overlay is None and seen.state != "help":
        yield Finding(Rule.HELP_MISSING, seen.name, "help", "nothing calls staff", "a button in its corner")


def measure_corner(screens: Iterable[Seen]) -> Iterator[Finding]:
    """Help that is not where it is on the first of these screens, which are of one panel and one look."""
    first: tuple[int, int] | None = None
    for seen in screens:
        target = help_of(seen)
        if target is None:
            continue
        corner = (target.box.right, target.box.y)
        first = first or corner
        if corner != first:
            yield Finding(Rule.HELP_MOVED, seen.name, target.label, f"corner at {corner}", f"at {first} as elsewhere")


def help_of(seen: Seen) -> SeenTarget | None:
    """What calls staff on this screen."""
    return next((target for target in seen.targets if isinstance(target.action, a.CallStaff) and target.enabled), None)


def _ways(seen: Seen) -> Iterator[Finding]:
    view, resident = seen.view, bool(seen.view.frame.resident)
    busy = isinstance(view.body, IdleView | BusyView) or seen.state in NOBODY_WAITS
    if busy or not (resident or seen.state or isinstance(view.body, StaffView)):
        return
    ways = [target.action for target in seen.targets if target.enabled]
    if not any(isinstance(way, _LEAD_ON) for way in ways):
        yield Finding(Rule.NO_WAY_ON, seen.name, "ways", "nothing leads on", "back, home or finish")
    first = isinstance(view.body, HomeView | WhomView | NoticeView)
    first = first or view.overlay is not None or not resident
    if not first and not any(isinstance(way, a.Home) for way in ways):
        yield Finding(Rule.NO_HOME, seen.name, "ways", "home is not here", "home at one touch")


def _time(seen: Seen) -> Iterator[Finding]:
    if seen.state and seen.state not in ENDS_BY_ANSWER and seen.alone_seconds is None:
        yield Finding(Rule.NO_TIME_OUT, seen.name, "time", "never ends", "the first screen, by time alone")


def _choices(seen: Seen) -> Iterator[Finding]:
    asked = [
        target
        for target in seen.targets
        if not target.in_bar and not isinstance(target.action, _SEARCH) and len(target.label) > 1
    ]  # a key of one character is not a choice
    if len(asked) > CHOICES_MAX:
        labels = " | ".join(target.label for target in asked)
        yield Finding(Rule.CHOICES, seen.name, labels, f"{len(asked)} choices", f"≤ {CHOICES_MAX}")


def _speech(seen: Seen) -> Iterator[Finding]:
    speech = seen.view.speech
    unknown = [part.id for part in speech if part.id not in seen.keys or not part.text.strip()]
    if not speech or unknown:
        yield Finding(Rule.NO_SPEECH, seen.name, "speech", f"no text: {unknown}" if speech else "silence", "one line")
    said = "".join(part.text for part in speech)
    name = seen.view.frame.resident
    if re.search(r"\d", said) or (name and name in said):
        yield Finding(Rule.SPEECH_TELLS, seen.name, said, "a name or a number", "nothing that others may not hear")
