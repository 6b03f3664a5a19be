"""Audits every screen of a tour as it is pictured, and counts touches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.audit.audit import audit, audit_together
from kiosk.audit.finding import Finding, Rule
from kiosk.audit.reading import Reader
from kiosk.audit.seen import Seen
from kiosk.flow.states import Session


class Inspector:
    """Collects what is wrong. ``monotonic`` is the clock of the session."""

    def __init__(self, reader: Reader, monotonic: Callable[[], float]) -> None:
        self._reader, self._monotonic = reader, monotonic
        self._screens: list[Seen] = []
        self._findings: list[Finding] = []

    def look(self, name: str, session: Session) -> None:
        """Audit the screen that stands there now."""
        seen = self._reader.read(name, session, self._monotonic(), session.look.language)
        self._findings += audit(seen)
        self._screens.append(replace(seen, picture=None))

    def count(self, task: str, touches: int, budget: int) -> None:
        """A task was done with so many touches."""
        if touches > budget:
            self._findings.append(Finding(Rule.TOUCHES, task, "touches", str(touches), f"≤ {budget}"))

    @property
    def count_of_screens(self) -> int:
        """How many screens were audited."""
        return len(self._screens)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, each fault of a screen once."""
        return tuple(dict.fromkeys((*self._findings, *audit_together(self._screens))))
