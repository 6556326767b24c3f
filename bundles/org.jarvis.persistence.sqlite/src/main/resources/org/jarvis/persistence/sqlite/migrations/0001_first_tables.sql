-- // first tables
-- A statement ends with the last semicolon of a line, so a trigger has to stay on one line.
-- Instants are nanoseconds since 1970-01-01T00:00Z.

CREATE TABLE changelog (
  id NUMERIC PRIMARY KEY NOT NULL,
  applied_at TEXT NOT NULL,
  description TEXT NOT NULL
);

CREATE TABLE action (
  position INTEGER PRIMARY KEY NOT NULL,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL CHECK (revision > 0),
  state TEXT NOT NULL,
  approval_id TEXT UNIQUE,
  requested_at INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE INDEX action_by_state ON action (state, requested_at, position);
CREATE INDEX action_by_time ON action (requested_at, position);

CREATE TABLE event (
  seq INTEGER PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  subject TEXT,
  summary TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT;

-- The counter stands apart from the rows, so that numbers go on when old events are removed.
CREATE TABLE event_head (
  only_row INTEGER PRIMARY KEY NOT NULL CHECK (only_row = 1),
  seq INTEGER NOT NULL
) STRICT;

INSERT INTO event_head (only_row, seq) VALUES (1, 0);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  origin TEXT NOT NULL,
  activity TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- The head stands apart from the rows, so that a chain that was cut off at its end shows.
CREATE TABLE audit_head (
  only_row INTEGER PRIMARY KEY NOT NULL CHECK (only_row = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

INSERT INTO audit_head (only_row, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE account (
  username TEXT PRIMARY KEY NOT NULL,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id TEXT PRIMARY KEY NOT NULL,
  cookie_hash TEXT NOT NULL UNIQUE,
  csrf_token TEXT NOT NULL,
  username TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE setting (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
