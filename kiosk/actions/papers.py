"""Staff's work on papers that wait."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reprint:
    """Staff: print this job again, marked 补打."""

    job: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Staff: the paper of this job is in the resident's hand after all; take it off the list."""

    job: int
