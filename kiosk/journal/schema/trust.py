"""Version 7: PINs."""

from __future__ import annotations

VERSION_7 = """
-- As the office listed them last; what counts here stands in consents and pins.
ALTER TABLE people ADD COLUMN notice INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN pin TEXT NOT NULL DEFAULT '';

-- locked_until: by the monotonic clock of this start, ms; 0: not locked. lock_lasts: what a new start begins again.
CREATE TABLE pins (
    resident     TEXT    NOT NULL PRIMARY KEY,
    verifier     TEXT    NOT NULL,
    tries        INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    locked_until INTEGER NOT NULL DEFAULT 0,
    lock_lasts   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- A right PIN was given for this command; gone with the next start.
CREATE TABLE pin_passes (
    command     TEXT    NOT NULL PRIMARY KEY,
    resident    TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
"""
