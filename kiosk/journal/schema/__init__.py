"""The tables, version by version. A version that was ever shipped is never edited; a new one is a file beside it."""

from __future__ import annotations

from kiosk.journal.schema.first import VERSION_1
from kiosk.journal.schema.joining import VERSION_8
from kiosk.journal.schema.link import VERSION_2, VERSION_3
from kiosk.journal.schema.lives import VERSION_5
from kiosk.journal.schema.own_pages import SAID_POINTS, VERSION_6
from kiosk.journal.schema.rights import VERSION_4
from kiosk.journal.schema.trust import VERSION_7

MIGRATIONS: tuple[str, ...] = (VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5, VERSION_6, VERSION_7, VERSION_8)

VERSION = len(MIGRATIONS)

APPLICATION_ID = 0x595A4A31  # "YZJ1": tells file(1) and us that this is a journal

__all__ = [
    "APPLICATION_ID", "MIGRATIONS", "SAID_POINTS", "VERSION", "VERSION_1", "VERSION_2", "VERSION_3", "VERSION_4",
    "VERSION_5", "VERSION_6", "VERSION_7", "VERSION_8",
]  # fmt: skip
