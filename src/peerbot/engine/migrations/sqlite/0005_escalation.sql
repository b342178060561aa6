-- Concerns, pages, shifts. Free text, raiser and token leave a concern long before the rest of it does.

CREATE TABLE concern (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    level INTEGER NOT NULL,
    state TEXT NOT NULL,
    category TEXT NOT NULL,
    -- Why it pages nobody and is on the lead's list, if it does.
    held TEXT NOT NULL DEFAULT 'no',
    raiser_id INTEGER,
    hides_name INTEGER NOT NULL DEFAULT 0,
    subject_id INTEGER,
    note TEXT,
    group_id TEXT,
    room_name TEXT,
    room_channel_id INTEGER,
    raised_at INTEGER NOT NULL,
    level_since INTEGER NOT NULL,
    -- The server's answer times when its present climb began.
    answer_times TEXT NOT NULL DEFAULT '{}',
    step INTEGER NOT NULL DEFAULT 0,
    round INTEGER NOT NULL DEFAULT 0,
    paged_at INTEGER,
    alerted INTEGER NOT NULL DEFAULT 0,
    reach TEXT NOT NULL DEFAULT 'on_duty',
    waits_until INTEGER,
    nobody_at INTEGER,
    withdrawn_at INTEGER,
    taken_by INTEGER,
    taken_at INTEGER,
    asked_again INTEGER NOT NULL DEFAULT 0,
    closed_at INTEGER,
    way TEXT NOT NULL DEFAULT 'unproven',
    token TEXT,
    side_name TEXT,
    side_channel_id INTEGER,
    side_made_at INTEGER,
    side_people TEXT NOT NULL DEFAULT '[]',
    side_over INTEGER NOT NULL DEFAULT 0,
    side_deleted_at INTEGER,
    -- Whether it is practice: its pages go out for real, and nobody is in trouble.
    practice INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT concern_number_once UNIQUE (server_id, number),
    CONSTRAINT concern_level_known CHECK (level BETWEEN 1 AND 3),
    CONSTRAINT concern_state_known CHECK (state IN ('open', 'unanswered', 'taken', 'in_hand', 'closed')),
    CONSTRAINT concern_way_known CHECK (way IN ('unproven', 'dm', 'room', 'none')),
    CONSTRAINT concern_reach_known CHECK (reach IN ('on_duty', 'unproven', 'off_duty', 'nobody', 'no_line')),
    CONSTRAINT concern_held_known CHECK (held IN ('no', 'often', 'blocked')),
    CONSTRAINT concern_hides_flag CHECK (hides_name IN (0, 1)),
    CONSTRAINT concern_practice_flag CHECK (practice IN (0, 1)),
    CONSTRAINT concern_asked_again_flag CHECK (asked_again IN (0, 1)),
    CONSTRAINT concern_side_over_flag CHECK (side_over IN (0, 1))
) STRICT;
-- One open concern about oneself in a server, whatever is pressed at the same moment.
CREATE UNIQUE INDEX concern_own_open ON concern (server_id, raiser_id)
    WHERE state <> 'closed' AND raiser_id IS NOT NULL AND subject_id = raiser_id;

CREATE TABLE page (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL,
    concern_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    way TEXT NOT NULL,
    people TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- Who was asked in a channel and cannot see it: for them it has failed.
    unseen TEXT NOT NULL DEFAULT '[]',
    -- Who pressed a button on this very page first, and when.
    pressed_by INTEGER,
    pressed_at INTEGER,
    CONSTRAINT page_way_known CHECK (way IN ('channel', 'dm', 'alert')),
    CONSTRAINT page_state_known CHECK (state IN ('waiting', 'arrived', 'failed', 'dropped'))
) STRICT;
CREATE INDEX page_concern ON page (concern_id, round);

CREATE TABLE concern_act (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL,
    concern_id TEXT NOT NULL,
    act TEXT NOT NULL,
    by_id INTEGER,
    at INTEGER NOT NULL,
    CONSTRAINT concern_act_known CHECK (act IN (
        'raised',
        'joined',
        'in_danger',
        'held',
        'added',
        'released',
        'taken',
        'opened',
        'asked_again',
        'passed_on',
        'in_hand',
        'close_asked',
        'closed',
        'withdrawn',
        'nobody',
        'unreachable',
        'room_kept',
        'room_gone',
        'level_raised',
        'level_lowered',
        'lower_asked',
        'share_asked',
        'look_in_asked',
        'side_room',
        'spoke_with',
        'signposted',
        'handed_over',
        'shared_outside',
        'no_further_action',
        'noted',
        'passing_asked',
        'passed_to',
        'looked_in',
        'look_ended',
        'declined',
        'signed_off',
        'alone',
        'review_asked',
        'concern_reviewed',
        'reviewed'
    ))
) STRICT;
CREATE INDEX concern_act_concern ON concern_act (concern_id, act);

CREATE TABLE shift (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    CONSTRAINT shift_forward CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX shift_server ON shift (server_id, ends_at);

-- When a direct message was last answered, so that it is answered at most once in ten minutes.
CREATE TABLE dm_answer (
    user_id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
