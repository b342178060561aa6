-- Who could read rooms when it was last looked at: roles, bots and rules by id, and numbers. No person.
CREATE TABLE readers_seen (
    server_id INTEGER PRIMARY KEY REFERENCES server (id) ON DELETE CASCADE,
    seen TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT readers_seen_json CHECK (json_valid(seen))
) STRICT;
