-- // history in grains
-- Slots are seconds, other instants nanoseconds since 1970-01-01T00:00Z.

-- Who no longer has samples is found by when it was last seen. Guests are told apart by incarnation.
CREATE TABLE named_series (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  subject TEXT NOT NULL,
  figure TEXT NOT NULL,
  seen INTEGER NOT NULL,
  UNIQUE (subject, figure)
) STRICT;

INSERT INTO named_series (id, subject, figure, seen)
SELECT id,
  CASE WHEN subject LIKE 'pve:%:guest:%' THEN subject || '#first' ELSE subject END,
  figure,
  coalesce((SELECT max(sample.at) FROM sample WHERE sample.series = series.id), 0)
FROM series;

DROP TABLE series;

ALTER TABLE named_series RENAME TO series;

-- What arrived and is in no chunk yet: one row for each append, and its samples by 128 series. A later
-- one has a greater number than those that are still there; more would cost a page for each.
CREATE TABLE batch (
  id INTEGER PRIMARY KEY NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT;

CREATE TABLE batch_part (
  batch INTEGER NOT NULL,
  part INTEGER NOT NULL,
  samples BLOB NOT NULL,
  PRIMARY KEY (batch, part)
) STRICT, WITHOUT ROWID;

-- One series in one slot of time. What is written and removed at one time lies side by side.
CREATE TABLE chunk (
  grain INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  series INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (grain, slot, series)
) STRICT, WITHOUT ROWID;

-- The slots whose chunks do not yet hold all that the finer ones do.
CREATE TABLE pending (
  grain INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  mark INTEGER NOT NULL,
  PRIMARY KEY (grain, slot)
) STRICT, WITHOUT ROWID;

-- Of whom the past was fetched, or is not to be had.
CREATE TABLE past (
  subject TEXT PRIMARY KEY NOT NULL,
  seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
