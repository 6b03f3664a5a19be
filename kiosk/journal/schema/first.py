"""Version 1: entries, rights, vouchers, papers."""

from __future__ import annotations

VERSION_1 = """
CREATE TABLE station (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    id          TEXT    NOT NULL CHECK (length(id) = 14),
    epoch       INTEGER NOT NULL CHECK (epoch BETWEEN 1 AND 65535),
    boot        INTEGER NOT NULL DEFAULT 0 CHECK (boot >= 0),
    shelf       INTEGER NOT NULL DEFAULT 0,
    voucher     INTEGER NOT NULL DEFAULT 0 CHECK (voucher >= 0)  -- the last number given out in this epoch
) STRICT;
CREATE TRIGGER station_numbers_grow BEFORE UPDATE ON station
    WHEN NEW.epoch = OLD.epoch AND (NEW.voucher < OLD.voucher OR NEW.boot < OLD.boot)
    BEGIN SELECT RAISE(ABORT, 'numbers only grow'); END;

-- What this station wrote. Bytes and hashes never change; a private part may be erased.
CREATE TABLE entries (
    epoch       INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number >= 1),
    bytes       BLOB    NOT NULL CHECK (length(bytes) BETWEEN 1 AND 4096),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    salt        BLOB,
    private     BLOB,
    PRIMARY KEY (epoch, number)
) STRICT;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER entries_fixed BEFORE UPDATE OF epoch, number, bytes, hash ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

-- What the office wrote to this station. applied: 0 waits for a version that knows its kind (and nothing is sold), or
-- stands behind one that does; 1 applied; 2 parked, because what it says does not fit.
CREATE TABLE down_entries (
    epoch       INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number >= 1),
    bytes       BLOB    NOT NULL CHECK (length(bytes) BETWEEN 1 AND 4096),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    applied     INTEGER NOT NULL CHECK (applied IN (0, 1, 2)),
    PRIMARY KEY (epoch, number)
) STRICT;
CREATE INDEX down_entries_unknown ON down_entries (epoch, number) WHERE applied = 0;
CREATE TRIGGER down_entries_stay BEFORE DELETE ON down_entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER down_entries_fixed BEFORE UPDATE OF epoch, number, bytes, hash ON down_entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

-- Rights: the database itself refuses to overspend.
CREATE TABLE counters (
    epoch       INTEGER NOT NULL,
    thing       TEXT    NOT NULL,
    granted     INTEGER NOT NULL DEFAULT 0 CHECK (granted >= 0),
    earned      INTEGER NOT NULL DEFAULT 0 CHECK (earned >= 0),
    spent       INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),
    refunded    INTEGER NOT NULL DEFAULT 0 CHECK (refunded >= 0),
    returned    INTEGER NOT NULL DEFAULT 0 CHECK (returned >= 0),
    PRIMARY KEY (epoch, thing),
    CHECK (refunded <= spent AND spent - refunded + returned <= granted + earned)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER counters_grow BEFORE UPDATE ON counters
    WHEN NEW.granted < OLD.granted OR NEW.earned < OLD.earned OR NEW.spent < OLD.spent
      OR NEW.refunded < OLD.refunded OR NEW.returned < OLD.returned
    BEGIN SELECT RAISE(ABORT, 'counters only grow'); END;

CREATE TABLE vouchers (
    epoch       INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number BETWEEN 1 AND 16777215),
    command     TEXT    NOT NULL UNIQUE,
    resident    TEXT    NOT NULL,
    packed      BLOB    NOT NULL CHECK (length(packed) = 29),
    signature   BLOB    NOT NULL CHECK (length(signature) = 64),
    stocked     INTEGER NOT NULL CHECK (stocked IN (0, 1)),
    fate        TEXT    CHECK (fate IN ('honoured', 'void', 'expired')),
    entry       INTEGER NOT NULL,
    PRIMARY KEY (epoch, number)
) STRICT;
CREATE INDEX vouchers_by_resident ON vouchers (resident);
CREATE TRIGGER vouchers_stay BEFORE DELETE ON vouchers BEGIN SELECT RAISE(ABORT, 'vouchers are never deleted'); END;
CREATE TRIGGER vouchers_fixed BEFORE UPDATE OF epoch, number, command, resident, packed, signature ON vouchers
    BEGIN SELECT RAISE(ABORT, 'a voucher never changes'); END;
CREATE TRIGGER vouchers_fate_once BEFORE UPDATE OF fate ON vouchers WHEN OLD.fate IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a fate is written once'); END;

-- One row an attempt at a paper. settled: replaced by a later attempt, or seen by staff in the resident's hand.
CREATE TABLE print_jobs (
    id          INTEGER PRIMARY KEY,
    epoch       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    copy        INTEGER NOT NULL CHECK (copy >= 0),
    content     BLOB    NOT NULL,
    content_hash BLOB   NOT NULL CHECK (length(content_hash) = 32),
    state       TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'sent', 'uncertain', 'failed')),
    code        TEXT    NOT NULL DEFAULT '',
    queued_at   INTEGER NOT NULL,
    settled     INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    UNIQUE (epoch, number, copy)
) STRICT;
CREATE INDEX print_jobs_open ON print_jobs (id)
    WHERE settled = 0 AND state IN ('queued', 'sending', 'uncertain', 'failed');
CREATE TRIGGER print_jobs_forward BEFORE UPDATE OF state ON print_jobs
    WHEN OLD.state NOT IN ('queued', 'sending') OR (OLD.state = 'sending' AND NEW.state = 'queued')
    BEGIN SELECT RAISE(ABORT, 'a finished attempt does not change'); END;

-- The registry, as the office lists it.
CREATE TABLE people (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL CHECK (kind IN ('resident', 'staff')),
    name        TEXT    NOT NULL,
    role        TEXT    NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE cards (
    digest      TEXT    NOT NULL PRIMARY KEY,
    person      TEXT    NOT NULL REFERENCES people (id),
    blocked     INTEGER NOT NULL CHECK (blocked IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX cards_by_person ON cards (person);
"""
