"""Version 8: cards that nobody knows, and requests to join."""

from __future__ import annotations

VERSION_8 = """
-- Cards that nobody knows here, asked of the office by visits that go on. known: NULL while it has not answered.
CREATE TABLE asks (
    visit       TEXT    NOT NULL,
    digest      TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    known       INTEGER CHECK (known IN (0, 1)),
    PRIMARY KEY (visit, digest)
) STRICT, WITHOUT ROWID;

-- Requests to join, until they are forgotten; what was typed for one lies in the erasable part of its entry.
CREATE TABLE join_requests (
    request     TEXT    NOT NULL PRIMARY KEY,
    epoch       INTEGER NOT NULL,
    entry       INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number >= 1),
    slip        TEXT    NOT NULL UNIQUE,
    id_card     TEXT    NOT NULL DEFAULT '',
    at          INTEGER NOT NULL,
    state       TEXT    NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'accepted', 'refused')),
    reason      TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX join_requests_by_card ON join_requests (id_card) WHERE id_card <> '';
-- The last number given out in each life: none is given twice.
CREATE TABLE join_numbers (
    epoch       INTEGER PRIMARY KEY CHECK (epoch BETWEEN 1 AND 65535),
    joined      INTEGER NOT NULL CHECK (joined >= 1)
) STRICT;
"""
