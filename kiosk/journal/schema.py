"""The tables, version by version. A version that was ever shipped is never edited; a new one is added below it."""

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

_TEXT = "CASE WHEN json_valid(CAST({0} AS TEXT)) THEN CAST({0} AS TEXT) ELSE '{{}}' END"
_SIGN = "CASE value ->> 1 WHEN 'earned' THEN 1 WHEN 'refunded' THEN 1 WHEN 'spent' THEN -1 WHEN 'returned' THEN -1 END"

SAID_POINTS = f"""
SELECT thing, epoch, 'up' AS log, epoch AS log_epoch, number, sum(points) AS points, at
FROM (SELECT value ->> 0 AS thing, epoch, number, (value ->> 2) * {_SIGN} AS points, entry ->> '$.at' AS at
    FROM (SELECT epoch, number, {_TEXT.format("bytes")} AS entry FROM entries), json_each(entry, '$.moves')
    WHERE substr(value ->> 0, 1, 7) = 'points/')
GROUP BY epoch, number, thing HAVING sum(points) <> 0
UNION ALL
SELECT thing, life, 'down', log_epoch, number,
    total - lag(total, 1, 0) OVER (PARTITION BY thing, life ORDER BY log_epoch, number) AS points, at
FROM (SELECT entry ->> '$.body.right' AS thing, coalesce(nullif(entry ->> '$.body.epoch', 0), for_epoch) AS life,
        epoch AS log_epoch, number, entry ->> '$.body.total' AS total, entry ->> '$.at' AS at, for_epoch
    FROM (SELECT epoch, number, for_epoch, {_TEXT.format("bytes")} AS entry FROM down_entries WHERE applied = 1)
    WHERE entry ->> '$.kind' = 'granted' AND substr(entry ->> '$.body.right', 1, 7) = 'points/')
WHERE life >= for_epoch
"""  # noqa: S608 - our own words; part of version 6, so never edited either
"""What all entries say of points: thing, epoch, log, log_epoch, number, points, at. Some may be of 0 points."""

VERSION_6 = f"""
-- What moved a resident's points here, entry by entry, so that nobody walks the chain to tell them. Written with each
-- entry. place: the order in which it came about here; epoch: the life for which it counts.
CREATE TABLE point_moves (
    thing       TEXT    NOT NULL,
    place       INTEGER NOT NULL CHECK (place >= 1),
    epoch       INTEGER NOT NULL,
    log         TEXT    NOT NULL CHECK (log IN ('up', 'down')),
    log_epoch   INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    points      INTEGER NOT NULL CHECK (points <> 0),
    PRIMARY KEY (thing, place)
) STRICT, WITHOUT ROWID;
INSERT INTO point_moves SELECT thing, row_number() OVER (PARTITION BY thing ORDER BY at, log, log_epoch, number),
    epoch, log, log_epoch, number, points FROM ({SAID_POINTS}) WHERE points <> 0;
CREATE TRIGGER point_moves_stay BEFORE DELETE ON point_moves BEGIN SELECT RAISE(ABORT, 'moves are never deleted'); END;
CREATE TRIGGER point_moves_fixed BEFORE UPDATE ON point_moves BEGIN SELECT RAISE(ABORT, 'moves never change'); END;

-- How many points of a resident lie in all but here, as the office said last; gone as soon as points come or go.
CREATE TABLE elsewhere (
    thing       TEXT    NOT NULL PRIMARY KEY,
    points      INTEGER NOT NULL CHECK (points >= 0),
    at          INTEGER NOT NULL  -- milliseconds since 1970 UTC by the office's clock
) STRICT, WITHOUT ROWID;
CREATE TRIGGER elsewhere_moves AFTER UPDATE OF granted, returned ON counters
    WHEN NEW.granted <> OLD.granted OR NEW.returned <> OLD.returned
    BEGIN DELETE FROM elsewhere WHERE thing = NEW.thing; END;
-- The question of the visit that is going on, until it is answered.
CREATE TABLE elsewhere_asked (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    visit       TEXT    NOT NULL,
    thing       TEXT    NOT NULL
) STRICT;

-- The resident asked for another paper, which staff print.
ALTER TABLE print_jobs ADD COLUMN asked INTEGER NOT NULL DEFAULT 0 CHECK (asked IN (0, 1));
CREATE INDEX print_jobs_asked ON print_jobs (id) WHERE settled = 0 AND asked = 1;
"""  # noqa: S608 - our own words

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

MIGRATIONS: tuple[str, ...] = (VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5, VERSION_6, VERSION_7, VERSION_8)
VERSION = len(MIGRATIONS)
APPLICATION_ID = 0x595A4A31  # "YZJ1": tells file(1) and us that this is a journal
