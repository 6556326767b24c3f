-- // problems

CREATE TABLE problem (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT,
  since INTEGER NOT NULL,
  resolved_at INTEGER,
  document TEXT NOT NULL
) STRICT;

CREATE INDEX problem_by_end ON problem (resolved_at, id);
