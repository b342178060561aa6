-- Who would rather write than speak, in a server.
CREATE TABLE rather_write (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id)
) STRICT;
CREATE INDEX rather_write_of_person ON rather_write (user_id);
