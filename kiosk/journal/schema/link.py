"""Versions 2 and 3: what is known of the office, and its keys."""

from __future__ import annotations

VERSION_2 = """
-- The office's log has lives of its own; what it grants counts for the life of the station in which it came.
ALTER TABLE station ADD COLUMN down_epoch INTEGER NOT NULL DEFAULT 1 CHECK (down_epoch BETWEEN 1 AND 65535);
ALTER TABLE station ADD COLUMN sync_boot INTEGER NOT NULL DEFAULT 0 CHECK (sync_boot >= 0);
UPDATE station SET down_epoch = epoch;
ALTER TABLE down_entries ADD COLUMN for_epoch INTEGER NOT NULL DEFAULT 0;
UPDATE down_entries SET for_epoch = epoch;

-- What `kiosk sync` knows of the office. alarm: why nothing is sold until people looked, '' if there is none.
CREATE TABLE office (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    holds       INTEGER NOT NULL DEFAULT 0 CHECK (holds >= 0),  -- our newest entry that the office acknowledged
    connected   INTEGER NOT NULL DEFAULT 0 CHECK (connected IN (0, 1)),
    heard_at    INTEGER,  -- milliseconds since 1970 UTC by our clock; NULL: never
    alarm       TEXT    NOT NULL DEFAULT '',
    detail      TEXT    NOT NULL DEFAULT '',
    head        INTEGER NOT NULL DEFAULT 0,  -- the newest signed head of the office's log: number, hash, signature
    head_hash   BLOB,
    head_signature BLOB
) STRICT;
INSERT INTO office (one) VALUES (1);

-- The newest announcement of each document, and what became of it.
CREATE TABLE announcements (
    name        TEXT    NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL CHECK (version >= 1),
    sha256      TEXT    NOT NULL CHECK (length(sha256) = 64),
    size        INTEGER NOT NULL CHECK (size >= 1),
    effective_from INTEGER,
    state       TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'taken', 'refused'))
) STRICT, WITHOUT ROWID;
"""


VERSION_3 = """
-- Keys of the office that it announced, beside those of the enrolment (office-keys.json). None is ever taken away.
CREATE TABLE office_keys (
    key_id      INTEGER PRIMARY KEY CHECK (key_id BETWEEN 1 AND 255),
    key         BLOB    NOT NULL CHECK (length(key) = 32)
) STRICT;
CREATE TRIGGER office_keys_stay BEFORE DELETE ON office_keys BEGIN SELECT RAISE(ABORT, 'keys stay'); END;
CREATE TRIGGER office_keys_fixed BEFORE UPDATE ON office_keys BEGIN SELECT RAISE(ABORT, 'keys never change'); END;
"""
