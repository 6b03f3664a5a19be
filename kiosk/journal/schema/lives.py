"""Version 5: lives that a station begins by itself, and the signed heads of the office's log."""

from __future__ import annotations

VERSION_5 = """
-- A life that the station began by itself speaks with the certificate of the one that was enrolled.
ALTER TABLE station ADD COLUMN enrolled_epoch INTEGER NOT NULL DEFAULT 1 CHECK (enrolled_epoch BETWEEN 1 AND 65535);
UPDATE station SET enrolled_epoch = epoch;

-- The newest signed head of each former life of the office's log: what proves to the office what it wrote.
CREATE TABLE down_heads (
    epoch       INTEGER PRIMARY KEY CHECK (epoch BETWEEN 1 AND 65535),
    number      INTEGER NOT NULL CHECK (number >= 0),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    signature   BLOB    NOT NULL CHECK (length(signature) = 64)
) STRICT;
"""
