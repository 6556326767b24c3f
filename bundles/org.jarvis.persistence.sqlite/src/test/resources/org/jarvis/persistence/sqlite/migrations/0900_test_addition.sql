-- // addition
CREATE TABLE addition (id INTEGER);
