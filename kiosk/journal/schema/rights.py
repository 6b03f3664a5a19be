"""Version 4: rights, lives and fates."""

from __future__ import annotations

VERSION_4 = """
-- What the office says of residents beside their name, and who may come in their place.
ALTER TABLE people ADD COLUMN home TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN household TEXT NOT NULL DEFAULT '';
-- An office that was updated first may have said so already; what the former version did not know, it read over.
UPDATE people SET home = coalesce(listed.home, ''), household = coalesce(listed.household, '') FROM (
    SELECT entry ->> '$.body.resident' AS resident, entry ->> '$.body.home' AS home,
        entry ->> '$.body.household' AS household, max(epoch * 10000000000 + number)
    FROM (SELECT epoch, number, CASE applied WHEN 1 THEN CAST(bytes AS TEXT) END AS entry FROM down_entries)
    WHERE entry ->> '$.kind' = 'resident_listed' GROUP BY 1
) AS listed WHERE people.id = listed.resident;
CREATE TABLE proxies (
    resident    TEXT    NOT NULL REFERENCES people (id),
    proxy       TEXT    NOT NULL,
    spend       INTEGER NOT NULL CHECK (spend IN (0, 1)),
    collect     INTEGER NOT NULL CHECK (collect IN (0, 1)),
    until       INTEGER NOT NULL,
    PRIMARY KEY (resident, proxy)
) STRICT, WITHOUT ROWID;
CREATE INDEX proxies_by_proxy ON proxies (proxy);
INSERT INTO proxies SELECT resident, one.value ->> '$.resident', one.value ->> '$.spend', one.value ->> '$.collect',
    coalesce(one.value ->> '$.until', 0)
FROM (
    SELECT entry ->> '$.body.resident' AS resident, entry, max(epoch * 10000000000 + number)
    FROM (SELECT epoch, number, CASE applied WHEN 1 THEN CAST(bytes AS TEXT) END AS entry FROM down_entries)
    WHERE entry ->> '$.kind' = 'resident_listed' GROUP BY 1
) AS listed, json_each(listed.entry, '$.body.proxies') AS one WHERE resident IN (SELECT id FROM people);
-- Residents whom the office asked to be forgotten. told: the entry that says so is written.
CREATE TABLE erasures (
    resident    TEXT    NOT NULL PRIMARY KEY,
    told        INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE consents (
    resident    TEXT    NOT NULL PRIMARY KEY,
    notice      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Running totals of what the office asked back. What is asked and not answered waits for an alarm to end.
CREATE TABLE recalls (
    epoch       INTEGER NOT NULL,
    thing       TEXT    NOT NULL,
    asked       INTEGER NOT NULL CHECK (asked >= 1),
    answered    INTEGER NOT NULL DEFAULT 0 CHECK (answered BETWEEN 0 AND asked),
    PRIMARY KEY (epoch, thing)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER recalls_grow BEFORE UPDATE ON recalls
    WHEN NEW.asked < OLD.asked OR NEW.answered < OLD.answered
    BEGIN SELECT RAISE(ABORT, 'totals only grow'); END;

-- Unlogged wishes of visits that are going on. target: what must be there for the wish to be granted.
CREATE TABLE wishes (
    visit       TEXT    NOT NULL,
    thing       TEXT    NOT NULL,
    target      INTEGER NOT NULL CHECK (target >= 1),
    at          INTEGER NOT NULL,
    PRIMARY KEY (visit, thing)
) STRICT, WITHOUT ROWID;
CREATE TABLE wish_answers (
    visit       TEXT    NOT NULL,
    thing       TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    elsewhere   INTEGER NOT NULL,
    place       TEXT    NOT NULL,
    PRIMARY KEY (visit, thing)
) STRICT, WITHOUT ROWID;

-- fate_at: by our clock, 0 if another place wrote it. refund_due: another place did, and the refund is not written yet.
ALTER TABLE vouchers ADD COLUMN fate_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE vouchers ADD COLUMN refund_due INTEGER NOT NULL DEFAULT 0 CHECK (refund_due IN (0, 1));
CREATE INDEX vouchers_open ON vouchers (epoch, substr(packed, 27, 2)) WHERE fate IS NULL;
CREATE INDEX vouchers_refund_due ON vouchers (epoch, number) WHERE refund_due = 1;

-- Vouchers that name this station and that another life issued. listed: the office, or our own former journal, said so;
-- of others nothing is known but the paper that was honoured. fate_day: 0 while the clock is not known to be right.
CREATE TABLE places_vouchers (
    station     TEXT    NOT NULL,
    epoch       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    packed      BLOB    NOT NULL CHECK (length(packed) = 29),
    listed      INTEGER NOT NULL CHECK (listed IN (0, 1)),
    fate        TEXT    CHECK (fate IN ('honoured', 'void', 'expired')),
    fate_at     INTEGER NOT NULL DEFAULT 0,
    fate_day    INTEGER NOT NULL DEFAULT 0,
    known       INTEGER NOT NULL DEFAULT 1 CHECK (known IN (0, 1)),  -- whether it was listed when its fate was written
    fate_entry  INTEGER,
    PRIMARY KEY (station, epoch, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX places_vouchers_open ON places_vouchers (substr(packed, 27, 2)) WHERE fate IS NULL;
CREATE INDEX places_vouchers_unconfirmed ON places_vouchers (station, fate_day) WHERE known = 0;
CREATE TRIGGER places_vouchers_stay BEFORE DELETE ON places_vouchers
    BEGIN SELECT RAISE(ABORT, 'vouchers are never deleted'); END;
CREATE TRIGGER places_vouchers_fixed BEFORE UPDATE OF station, epoch, number, packed ON places_vouchers
    BEGIN SELECT RAISE(ABORT, 'a voucher never changes'); END;
CREATE TRIGGER places_vouchers_fate_once BEFORE UPDATE OF fate ON places_vouchers WHEN OLD.fate IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a fate is written once'); END;

-- Keys under which other lives sign vouchers. last_good: that life was fenced, later numbers do not count.
CREATE TABLE station_keys (
    station     TEXT    NOT NULL,
    epoch       INTEGER NOT NULL,
    key_id      INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    key         BLOB    NOT NULL CHECK (length(key) = 32),
    last_good   INTEGER,
    PRIMARY KEY (station, epoch, key_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER station_keys_fixed BEFORE UPDATE OF key ON station_keys WHEN NEW.key <> OLD.key
    BEGIN SELECT RAISE(ABORT, 'keys never change'); END;

CREATE TABLE awards (
    award       TEXT    NOT NULL PRIMARY KEY,
    epoch       INTEGER NOT NULL,
    resident    TEXT    NOT NULL,
    points      INTEGER NOT NULL CHECK (points >= 1),
    undone      INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Our entries that the office keeps and does not apply before somebody has looked.
CREATE TABLE parked (
    epoch       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    PRIMARY KEY (epoch, number)
) STRICT, WITHOUT ROWID;

-- By the office's clock the time of the announced version has come.
ALTER TABLE announcements ADD COLUMN activated INTEGER NOT NULL DEFAULT 0 CHECK (activated IN (0, 1));
"""
