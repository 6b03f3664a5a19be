"""Keeps the copy on the stick in step with the journal. A stick that was pulled out is waited for."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.journal.journal import Journal
from kiosk.stick import check_stick, copy
from sync.frame import Sign
from sync.stick import StickError

logger = logging.getLogger(__name__)
AGAIN_SECONDS = 30.0


class Copying:
    """Owned by the thread of ``kiosk sync``; without a folder it does nothing."""

    def __init__(self, journal: Journal, root: Path | None, sign: Sign) -> None:
        self._journal = journal
        self._root = root
        self._sign = sign
        self._at = self._again_at = 0.0
        self._state: tuple[int, ...] = ()
        self.fault = ""

    def look(self, now: float) -> None:
        """Copy what is new, and take out what was erased. Every 30 s also if nothing is: it may be another stick.

        Whatever is wrong with the stick, the journal goes on; the log says it once.
        """
        if self._root is None or now < self._at:
            return
        identity, down = self._journal.identity, self._journal.down
        erased = self._journal.erasures.counted()
        state = (identity.epoch, self._journal.chain.head().number, down.epoch, down.head().number, *erased)
        if state == self._state and not self.fault and now < self._again_at:
            return
        self._again_at = now + AGAIN_SECONDS
        try:
            if not self._root.is_dir():
                raise StickError(f"{self._root}: no stick is mounted there")
            copy(self._journal, self._root, self._sign)
            self._state, self.fault = state, ""
        except OSError as error:
            check_stick(self._journal, self._root)  # one that was put in only now may know more than the journal
            self._at = now + AGAIN_SECONDS
            if str(error) != self.fault:
                self.fault = str(error)
                logger.error("stick.fault: %s", error)  # noqa: TRY400 - the sentence says all
