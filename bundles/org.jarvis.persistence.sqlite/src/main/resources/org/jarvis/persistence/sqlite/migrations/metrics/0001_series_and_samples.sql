-- // series and samples
-- Instants are nanoseconds since 1970-01-01T00:00Z.

CREATE TABLE changelog (
  id NUMERIC PRIMARY KEY NOT NULL,
  applied_at TEXT NOT NULL,
  description TEXT NOT NULL
);

CREATE TABLE series (
  id INTEGER PRIMARY KEY NOT NULL,
  subject TEXT NOT NULL,
  figure TEXT NOT NULL,
  UNIQUE (subject, figure)
) STRICT;

-- A sample is its key and eight bytes; what belongs to one chart lies side by side.
CREATE TABLE sample (
  series INTEGER NOT NULL,
  at INTEGER NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (series, at)
) STRICT, WITHOUT ROWID;
