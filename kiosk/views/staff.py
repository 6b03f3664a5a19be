"""For staff."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views.parts import Button


@dataclass(frozen=True, slots=True)
class StaffJob:
    """One paper that did not surely print."""

    number: str  # "A-000042-7"
    title: str  # "东北大米 5公斤"
    reason: str  # "打印中断，可能已出纸"
    when: str  # "10:24"
    reprint: Button
    set_aside: Button


@dataclass(frozen=True, slots=True)
class StaffView:
    """For staff after a badge: papers to print again, three a page."""

    title: str
    message: str
    jobs: tuple[StaffJob, ...]
    page: str
    previous: Button | None
    next: Button | None
    report: str = ""  # what was done here, and how much of it the office knows
