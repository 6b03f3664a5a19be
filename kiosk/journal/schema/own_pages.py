"""Version 6: what moved a resident's points, and what lies elsewhere."""

from __future__ import annotations

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
