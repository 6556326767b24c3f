-- // accounts preferences and more

CREATE INDEX session_by_account ON session (username, created_at);

CREATE TABLE browser (
  cookie_hash TEXT PRIMARY KEY NOT NULL,
  username TEXT NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX browser_by_account ON browser (username);
CREATE INDEX browser_by_time ON browser (last_seen_at);

-- The scopes are their words in order, separated by spaces.
CREATE TABLE token (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  issued_by_login INTEGER NOT NULL CHECK (issued_by_login IN (0, 1)),
  hash TEXT NOT NULL UNIQUE,
  username TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used_at INTEGER,
  -- The token it was made with, which takes it along when it is revoked.
  parent TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX token_by_parent ON token (parent) WHERE parent IS NOT NULL;
CREATE INDEX token_by_account ON token (username, created_at);
CREATE INDEX token_by_expiry ON token (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE attempt (
  key TEXT PRIMARY KEY NOT NULL,
  count INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX attempt_by_time ON attempt (last);

-- Preferences and snapshots can be large, which tables without row ids do not bear well.
CREATE TABLE preference (
  username TEXT NOT NULL,
  key TEXT NOT NULL,
  json TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (username, key)
) STRICT;

CREATE TABLE snapshot (
  cluster TEXT PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE consent (
  sha256 TEXT PRIMARY KEY NOT NULL,
  symbolic_name TEXT NOT NULL,
  version TEXT NOT NULL,
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  signer TEXT,
  decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
