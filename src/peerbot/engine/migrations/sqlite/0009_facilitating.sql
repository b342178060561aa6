-- What facilitators do in one meeting, how many came, and who was missed.

CREATE TABLE facilitation (
    meeting_id TEXT PRIMARY KEY REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    -- When it was to end before it was first made longer.
    planned_end INTEGER,
    paused_until INTEGER,
    -- From when on nobody is let in who was not seen before.
    door_shut_at INTEGER,
    -- When another facilitator was asked to come, until one does.
    helper_wanted_at INTEGER,
    -- When the list of who was there was last confirmed.
    listed_at INTEGER
) STRICT;

-- Who was asked to step out of one meeting, or may read there and not write.
CREATE TABLE room_limit (
    meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (meeting_id, user_id),
    CONSTRAINT room_limit_known CHECK (what IN ('out', 'quiet'))
) STRICT;
CREATE INDEX room_limit_of_person ON room_limit (user_id);
