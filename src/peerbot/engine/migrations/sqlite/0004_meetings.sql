-- Series, the meetings they bring, the room of a meeting, and who was there.
-- No foreign key leads to a group: a room must be deleted on Discord even when its group is forgotten first.

CREATE TABLE series (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    group_id TEXT NOT NULL,
    weekday INTEGER NOT NULL,
    wall_time TEXT NOT NULL,
    zone TEXT NOT NULL,
    repeat TEXT NOT NULL,
    every_weeks INTEGER NOT NULL,
    nth INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    first_on TEXT NOT NULL,
    -- The last date, or how many in all; empty and 0 for a series without end.
    until TEXT NOT NULL,
    count INTEGER NOT NULL,
    -- The release of the zone data under which the meetings' instants were computed.
    tzdata TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- How often it was changed: a calendar keeps what has the highest.
    revision INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER,
    CONSTRAINT series_once UNIQUE (
        group_id, weekday, wall_time, zone, repeat, every_weeks, nth, minutes, first_on, until, count
    ),
    CONSTRAINT series_weekday_known CHECK (weekday BETWEEN 0 AND 6),
    CONSTRAINT series_repeat_known CHECK (repeat IN ('weekly', 'monthly', 'daily')),
    CONSTRAINT series_weeks_known CHECK (every_weeks BETWEEN 1 AND 12),
    CONSTRAINT series_nth_known CHECK (nth BETWEEN -1 AND 4)
) STRICT;

-- The dates of a series that are skipped (no instant) or moved (to that instant).
CREATE TABLE series_exception (
    series_id TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    starts_at INTEGER,
    PRIMARY KEY (series_id, on_date)
) STRICT;

CREATE TABLE meeting (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    group_id TEXT NOT NULL,
    series_id TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    -- The series' own date is the identity; the instant follows from it.
    on_date TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned',
    facilitator_at INTEGER,
    opened_at INTEGER,
    -- Its times in minutes, as JSON, from the moment its room is meant to be made; before, its group's hold.
    times TEXT,
    -- Whether its facilitator chose to open it with reduced cover.
    reduced INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT meeting_once UNIQUE (series_id, on_date),
    CONSTRAINT meeting_reduced_flag CHECK (reduced IN (0, 1)),
    CONSTRAINT meeting_times_json CHECK (json_valid(times)),
    CONSTRAINT meeting_ends_later CHECK (ends_at > starts_at),
    CONSTRAINT meeting_state_known CHECK (state IN ('planned', 'lobby', 'open', 'locked', 'called_off', 'missed'))
) STRICT;
CREATE INDEX meeting_of_group ON meeting (group_id, starts_at);

CREATE TABLE room (
    meeting_id TEXT PRIMARY KEY REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- Into which category it is meant to go.
    category_id INTEGER,
    channel_id INTEGER,
    deletion_asked_at INTEGER,
    deleted_at INTEGER,
    CONSTRAINT room_name_once UNIQUE (name),
    CONSTRAINT room_channel_once UNIQUE (channel_id)
) STRICT;

CREATE TABLE attendance (
    meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- `apologies` and `not_seen` come from the list that a facilitator confirmed, and from nothing else.
    state TEXT NOT NULL DEFAULT 'present',
    listed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (meeting_id, user_id),
    CONSTRAINT attendance_state_known CHECK (state IN ('present', 'apologies', 'not_seen')),
    CONSTRAINT attendance_listed_flag CHECK (listed IN (0, 1)),
    CONSTRAINT attendance_not_seen_is_listed CHECK (state = 'present' OR listed = 1)
) STRICT;
CREATE INDEX attendance_of_person ON attendance (user_id);

-- Who took a meeting over: its facilitator, for this one meeting.
CREATE TABLE stand_in (
    meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (meeting_id, user_id)
) STRICT;

-- Who said that they will not come to a meeting. Facilitators see how many, nobody sees who.
CREATE TABLE away (
    meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (meeting_id, user_id)
) STRICT;
CREATE INDEX away_of_person ON away (user_id);
