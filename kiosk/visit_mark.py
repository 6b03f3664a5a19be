"""A mark on the disk while somebody is at the kiosk: after a power cut it says that a visit was torn off."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from kiosk.durable import sync_folder

logger = logging.getLogger(__name__)
NAME = "visit-open"


class VisitMark:
    """A small file in the station's folder that holds when the visit began, and nothing of whose visit it is.

    A disk that takes no files is not this mark's business: nothing fails, and nothing is said after the next start.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def put(self, now_ms: int) -> None:
        """Somebody came; ``now_ms``: milliseconds since 1970 UTC."""
        try:
            with self._path.open("wb") as file:
                file.write(str(now_ms).encode())
                file.flush()
                os.fsync(file.fileno())
            sync_folder(self._path.parent)
        except OSError as error:
            logger.warning("the mark of a visit could not be put: %s", error)

    def lift(self) -> None:
        """Nobody is here any more."""
        try:
            self._path.unlink(missing_ok=True)
            sync_folder(self._path.parent)
        except OSError as error:
            logger.warning("the mark of a visit could not be lifted: %s", error)

    def since(self) -> int | None:
        """When the visit began that was torn off; 0 if the mark was torn too, ``None`` if there was none."""
        try:
            written = self._path.read_bytes()[:20]
        except OSError:
            return None
        return int(written) if written.isdigit() else 0
