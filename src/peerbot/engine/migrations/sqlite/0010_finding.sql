-- Lasting panels, and people who try one meeting.

-- The message in a channel that leads to the list of groups. It is about a channel, never about a person.
CREATE TABLE panel (
    channel_id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    -- Null while it is being posted.
    message_id INTEGER,
    asked_at INTEGER NOT NULL
) STRICT;
