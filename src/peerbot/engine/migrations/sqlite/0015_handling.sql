-- What is done with a concern once somebody has it, and who agreed to it.

-- Something for which two people are needed: asked by one, and agreed to by another.
CREATE TABLE sign_off (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    concern_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- What exactly: the outcome, the lower level, the minutes.
    detail TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    asked_by INTEGER,
    asked_at INTEGER NOT NULL,
    -- Who was asked by name.
    named TEXT NOT NULL DEFAULT '[]',
    owner_at INTEGER,
    ended_by INTEGER,
    ended_at INTEGER,
    reviewed_by INTEGER,
    reviewed_at INTEGER,
    CONSTRAINT sign_off_kind_known CHECK (kind IN ('lower', 'share', 'close', 'look_in')),
    CONSTRAINT sign_off_state_known CHECK (state IN ('asked', 'agreed', 'declined', 'alone', 'over'))
) STRICT;
-- One question of a kind at a time, whatever is pressed at the same moment.
CREATE UNIQUE INDEX sign_off_asked ON sign_off (concern_id, kind) WHERE state = 'asked';
CREATE INDEX sign_off_concern ON sign_off (concern_id);

-- What somebody of the team wrote: the concern's free text, wiped with it.
CREATE TABLE concern_note (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    concern_id TEXT NOT NULL,
    by_id INTEGER NOT NULL,
    note TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX concern_note_concern ON concern_note (concern_id);

-- A teammate who was asked to take a concern over, until they press or the time is over.
CREATE TABLE hand_over (
    concern_id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    from_id INTEGER NOT NULL,
    to_id INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- Somebody of the team who reads a room for a while. The row goes when that ends.
CREATE TABLE look_in (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    concern_id TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    until INTEGER NOT NULL,
    told INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER,
    CONSTRAINT look_in_told_flag CHECK (told IN (0, 1))
) STRICT;
CREATE INDEX look_in_person ON look_in (channel_id, user_id);

-- Somebody who agreed that one of the team writes to them the next day, until that is done.
CREATE TABLE next_day (
    concern_id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    due_at INTEGER NOT NULL
) STRICT;

-- Accounts about which nothing goes out by itself.
CREATE TABLE silence (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id)
) STRICT;
