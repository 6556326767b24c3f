-- // audience of tokens

-- What there was before could be presented to everything.
ALTER TABLE token ADD COLUMN audience TEXT NOT NULL DEFAULT 'api';
