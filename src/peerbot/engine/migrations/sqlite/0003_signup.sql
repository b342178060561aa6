-- Groups, their seats, the queues for them, and who wants reminders.

CREATE TABLE peer_group (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    medium TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    -- What is known of the next meeting: when it begins and ends, and the zone whose clocks set it.
    next_meeting_at INTEGER,
    next_meeting_ends_at INTEGER,
    next_meeting_zone TEXT,
    created_at INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT 'open',
    -- Found by nobody: joined with an invite code.
    private INTEGER NOT NULL DEFAULT 0,
    -- Whether people may try one meeting.
    tasters INTEGER NOT NULL DEFAULT 1,
    -- Whether its people type slowly, so that whatever waits for somebody waits twice as long.
    slow INTEGER NOT NULL DEFAULT 0,
    -- A closed group's cycle: people are taken before it begins.
    cycle_from INTEGER,
    cycle_until INTEGER,
    -- When an announced end takes effect.
    ends_at INTEGER,
    archived_at INTEGER,
    CONSTRAINT peer_group_medium_known CHECK (medium IN ('text', 'voice')),
    CONSTRAINT peer_group_state_known CHECK (state IN ('open', 'paused', 'archived')),
    CONSTRAINT peer_group_capacity_sane CHECK (capacity BETWEEN 1 AND 25),
    CONSTRAINT peer_group_kind_known CHECK (kind IN ('open', 'closed', 'drop_in')),
    CONSTRAINT peer_group_private_flag CHECK (private IN (0, 1)),
    CONSTRAINT peer_group_tasters_flag CHECK (tasters IN (0, 1)),
    CONSTRAINT peer_group_slow_flag CHECK (slow IN (0, 1)),
    CONSTRAINT peer_group_cycle_whole CHECK ((cycle_from IS NULL) = (cycle_until IS NULL)),
    CONSTRAINT peer_group_cycle_forward CHECK (cycle_until > cycle_from)
) STRICT;
CREATE INDEX peer_group_of_server ON peer_group (server_id);

CREATE TABLE facilitator (
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    server_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
) STRICT;
CREATE INDEX facilitator_by_person ON facilitator (user_id);

-- Who may be asked to take a meeting over when none of the group's facilitators is there.
CREATE TABLE backup (
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    server_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (group_id, user_id)
) STRICT;
CREATE INDEX backup_by_person ON backup (user_id);

-- A seat somebody has, or until 30 days ago had.
CREATE TABLE seat (
    id INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    ended_at INTEGER,
    -- Somebody tries one meeting: when that is over. Null for a member.
    tastes_until INTEGER
) STRICT;
CREATE UNIQUE INDEX seat_once ON seat (group_id, user_id) WHERE ended_at IS NULL;
CREATE INDEX seat_by_person ON seat (user_id);

-- A seat nobody has. Whoever takes it deletes its row, so no seat is given twice. Seats taken and free make the capacity.
CREATE TABLE free_seat (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX free_seat_of_group ON free_seat (group_id);

-- A place in the queue. The ids are the order.
CREATE TABLE waiting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    ended_at INTEGER,
    -- Where a coordinator confirms each seat: since when they know that one is held for this person, and what they said.
    asked_at INTEGER,
    confirmed_at INTEGER,
    declined INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT waiting_declined_flag CHECK (declined IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX waiting_once ON waiting (group_id, user_id) WHERE ended_at IS NULL;
CREATE INDEX waiting_by_person ON waiting (user_id);

-- `free_seat_id` refers to no row once the seat is taken, and its number never comes again.
CREATE TABLE offer (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    waiting_id INTEGER NOT NULL REFERENCES waiting (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    free_seat_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ended_at INTEGER,
    CONSTRAINT offer_state_known CHECK (state IN ('open', 'taken', 'passed', 'unanswered', 'withdrawn')),
    CONSTRAINT offer_of_a_seat_once UNIQUE (free_seat_id, waiting_id)
) STRICT;
CREATE UNIQUE INDEX offer_open_for_a_seat ON offer (free_seat_id) WHERE state = 'open';
CREATE UNIQUE INDEX offer_open_to_a_person ON offer (waiting_id) WHERE state = 'open';
CREATE INDEX offer_of_group ON offer (group_id);
CREATE INDEX offer_by_person ON offer (user_id);

-- Whether the bot may write to somebody, and since when Discord has refused it.
CREATE TABLE reminder_choice (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    allowed INTEGER NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY (server_id, user_id),
    CONSTRAINT reminder_choice_flag CHECK (allowed IN (0, 1))
) STRICT;

-- A code that lets people into a private group. The code itself is kept nowhere.
CREATE TABLE invite (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    code_hash TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- How many more may join with it; null for any number.
    uses_left INTEGER,
    withdrawn_at INTEGER,
    CONSTRAINT invite_code_once UNIQUE (server_id, code_hash),
    CONSTRAINT invite_uses_sane CHECK (uses_left >= 0)
) STRICT;
CREATE INDEX invite_of_group ON invite (group_id);

-- How often somebody typed a wrong code, counted from the first for an hour.
CREATE TABLE code_try (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    count INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id)
) STRICT;
