-- What keeps a way to the team from being used against somebody, with no id that can be read.
-- An alias is a keyed hash of a person and a server; its key stands in `note`.

-- A row for each new concern about another person: how many there were in the last 24 hours.
CREATE TABLE alias_count (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    alias TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX alias_count_alias ON alias_count (server_id, alias, at);

-- Until it is lifted, this alias's concerns about others page nobody.
CREATE TABLE alias_block (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    alias TEXT NOT NULL,
    number INTEGER NOT NULL,
    concern_number INTEGER NOT NULL,
    since INTEGER NOT NULL,
    CONSTRAINT alias_block_once UNIQUE (server_id, alias),
    CONSTRAINT alias_block_number_once UNIQUE (server_id, number)
) STRICT;

-- When the leads were last told of concerns that paged nobody: once a day.
CREATE TABLE lead_list (
    server_id INTEGER PRIMARY KEY REFERENCES server (id) ON DELETE CASCADE,
    told_at INTEGER NOT NULL
) STRICT;
