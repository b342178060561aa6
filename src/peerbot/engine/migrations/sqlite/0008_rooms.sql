-- What a server's rooms need besides the meetings they are for.

-- The times that a group has set for its meetings, in minutes, as JSON. A group without a row has the usual ones.
CREATE TABLE room_times (
    group_id TEXT PRIMARY KEY REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    times TEXT NOT NULL,
    CONSTRAINT room_times_json CHECK (json_valid(times))
) STRICT;
