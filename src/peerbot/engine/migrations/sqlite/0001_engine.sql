-- Intents, timers, facts: what the bot means to do, when, and what the pillars tell each other.

CREATE TABLE intent (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    lane INTEGER NOT NULL,
    server_id INTEGER,
    data TEXT NOT NULL,
    report TEXT,
    stream TEXT,
    nonce TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    look INTEGER NOT NULL DEFAULT 0,
    looks INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    not_after INTEGER,
    created_at INTEGER NOT NULL,
    leased_at INTEGER,
    ended_at INTEGER,
    CONSTRAINT intent_key_once UNIQUE (key),
    CONSTRAINT intent_state_known CHECK (state IN ('waiting', 'sending', 'done', 'failed', 'dropped')),
    CONSTRAINT intent_lane_known CHECK (lane BETWEEN 0 AND 4),
    CONSTRAINT intent_look_flag CHECK (look IN (0, 1))
) STRICT;
CREATE INDEX intent_due ON intent (state, lane, due_at, id);
CREATE INDEX intent_stream ON intent (stream, id) WHERE state IN ('waiting', 'sending');

CREATE TABLE timer (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    server_id INTEGER,
    due_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT timer_one_of_a_kind UNIQUE (kind, subject)
) STRICT;
CREATE INDEX timer_due ON timer (not_before);

CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Small things the program itself has to remember, such as which commands Discord has been told of.
CREATE TABLE note (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
