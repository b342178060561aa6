-- Lasting panels, and people who try one meeting.

-- The message in a channel that leads to the list of groups. It is about a channel, never about a person.
CREATE TABLE panel (
    channel_id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    -- Null while it is being posted.
    message_id INTEGER,
    asked_at INTEGER NOT NULL
) STRICT;

-- Somebody tries one meeting, or did. Their seat is marked by `seat.tastes_until`; how it went is here.
CREATE TABLE taster (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    -- How long the seat is kept at most if no meeting takes place.
    held_until INTEGER NOT NULL,
    -- Until when the question whether it was right for them can be answered; null before it is asked.
    answer_by INTEGER,
    ended_at INTEGER,
    outcome TEXT,
    CONSTRAINT taster_outcome_known CHECK (outcome IN ('joined', 'declined', 'unanswered', 'not_held', 'left')),
    CONSTRAINT taster_end_whole CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE UNIQUE INDEX taster_once ON taster (group_id, user_id) WHERE ended_at IS NULL;
CREATE INDEX taster_by_person ON taster (user_id);
