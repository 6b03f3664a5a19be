"""The scanner's loop: one event a scan, each with a fresh visit id."""

from __future__ import annotations

from collections.abc import Callable

from devices.ports import Scanner
from domain.ids import VisitId
from kiosk.flow.events import Scanned, ScannerReported
from kiosk.reading import ReadLoop


class ScanLoop(ReadLoop[str]):
    """Waits for codes and tells the screen."""

    def __init__(
        self, *, scanner: Scanner, new_id: Callable[[], str], post: Callable[[Scanned | ScannerReported], None]
    ) -> None:
        super().__init__(
            role="scanner",
            device=scanner,
            took=lambda code: post(Scanned(code, VisitId(new_id()))),
            told=lambda state: post(ScannerReported(state)),
        )
