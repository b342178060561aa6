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

-- What is left of attendance after 60 days: numbers, of no person.
CREATE TABLE attendance_total (
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    present INTEGER NOT NULL,
    apologies INTEGER NOT NULL,
    not_seen INTEGER NOT NULL,
    PRIMARY KEY (group_id, starts_at)
) STRICT;

-- Who was written to after being missed, and has not been there since; and who wants no such notes.
CREATE TABLE missed_note (
    group_id TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
) STRICT;
CREATE INDEX missed_note_of_person ON missed_note (user_id);

CREATE TABLE no_missed_note (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id)
) STRICT;
