-- // conversations

-- What is folded is there to be searched in any case of letters, which SQLite itself knows of ASCII alone.
CREATE TABLE conversation (
  id TEXT PRIMARY KEY NOT NULL,
  owner TEXT NOT NULL,
  title TEXT NOT NULL,
  folded_title TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  messages INTEGER NOT NULL CHECK (messages >= 0),
  document TEXT NOT NULL
) STRICT;

CREATE INDEX conversation_by_owner ON conversation (owner, changed_at, id);
CREATE INDEX conversation_by_state ON conversation (state, created_at, id);

CREATE TABLE message (
  conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  words TEXT NOT NULL,
  folded_words TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (conversation, number)
) STRICT;

-- It refers to no conversation: what was used stays when the conversation goes.
CREATE TABLE model_usage (
  position INTEGER PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL,
  conversation TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  input INTEGER NOT NULL,
  output INTEGER NOT NULL,
  micro_cost INTEGER NOT NULL,
  currency TEXT NOT NULL
) STRICT;

CREATE INDEX model_usage_by_time ON model_usage (at, position);
