-- What a server's rooms need besides the meetings they are for.

-- The times that a group has set for its meetings, in minutes, as JSON. A group without a row has the usual ones.
CREATE TABLE room_times (
    group_id TEXT PRIMARY KEY REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    times TEXT NOT NULL,
    CONSTRAINT room_times_json CHECK (json_valid(times))
) STRICT;

-- Further categories that the bot made for rooms, because a category takes 50 channels. An empty one is used again.
CREATE TABLE room_category (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL,
    CONSTRAINT room_category_once UNIQUE (channel_id)
) STRICT;
CREATE INDEX room_category_of_server ON room_category (server_id);

-- How many of a meeting's people had left the server when its room was about to be made.
CREATE TABLE room_gone (
    meeting_id TEXT PRIMARY KEY REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    number INTEGER NOT NULL
) STRICT;

-- A room whose deletion waits: until then for two people to agree to keep it, or, once kept, because they did.
CREATE TABLE room_hold (
    meeting_id TEXT PRIMARY KEY REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    kept INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT room_hold_kept_flag CHECK (kept IN (0, 1))
) STRICT;

CREATE TABLE room_hold_yes (
    meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (meeting_id, user_id)
) STRICT;
CREATE INDEX room_hold_yes_of_person ON room_hold_yes (user_id);
