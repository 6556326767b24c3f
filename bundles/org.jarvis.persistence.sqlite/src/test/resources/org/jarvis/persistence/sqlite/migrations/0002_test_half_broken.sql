-- // half broken
CREATE TABLE half (id INTEGER);
INSERT INTO nowhere VALUES (1);
