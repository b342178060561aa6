-- The rota by which shifts are made. Where a person has left the team, 0 stands in their place: nobody, so it is a gap.

CREATE TABLE rota_weekly (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    -- Weekdays, 0 is Monday, and the people who take turns, both as JSON.
    days TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    zone TEXT NOT NULL,
    people TEXT NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT,
    -- When its last shift is surely over.
    over_at INTEGER,
    -- What it was before its last change, so that the change can be undone.
    before TEXT
) STRICT;
CREATE INDEX rota_weekly_server ON rota_weekly (server_id);

-- Somebody else takes one date of a weekly shift.
CREATE TABLE rota_instead (
    weekly_id TEXT NOT NULL REFERENCES rota_weekly (id) ON DELETE CASCADE,
    on_date TEXT NOT NULL,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (weekly_id, on_date)
) STRICT;

-- Somebody is on duty besides the weekly shifts, or in the place of somebody.
CREATE TABLE rota_cover (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    instead_of INTEGER,
    number INTEGER NOT NULL,
    CONSTRAINT rota_cover_forward CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX rota_cover_server ON rota_cover (server_id, ends_at);

-- Somebody is away; without an end until they say that they are back.
CREATE TABLE rota_off (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,
    CONSTRAINT rota_off_forward CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX rota_off_server ON rota_off (server_id, user_id);

-- A swap that waits for the other one to agree.
CREATE TABLE rota_swap (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    by_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    mine TEXT NOT NULL,
    theirs TEXT NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;

-- Who chose to be asked at night, when nobody is on the rota.
CREATE TABLE rota_night (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id)
) STRICT;

-- A time for which somebody is planned and nobody is on duty; how often it has been told.
CREATE TABLE rota_gap (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    told INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT rota_gap_forward CHECK (ends_at > starts_at),
    CONSTRAINT rota_gap_told_known CHECK (told BETWEEN 0 AND 2)
) STRICT;
CREATE INDEX rota_gap_server ON rota_gap (server_id, starts_at);
