-- What staff did: the act and who, never a word. Only ever added to; it goes by age.

CREATE TABLE staff_act (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    act TEXT NOT NULL,
    by_id INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_act_by_person ON staff_act (by_id);
CREATE TRIGGER staff_act_is_never_changed BEFORE UPDATE ON staff_act
BEGIN
    SELECT RAISE(ABORT, 'what staff did is only ever added to');
END;

-- A pause of somebody's access to a group, or the end of their membership: proposed by one person, confirmed by another.
CREATE TABLE measure (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL,
    group_id TEXT NOT NULL REFERENCES peer_group (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    proposed_by INTEGER,
    proposed_at INTEGER NOT NULL,
    confirmed_by INTEGER,
    confirmed_at INTEGER,
    -- When a pause ends by itself; the end of a membership has no such date.
    until INTEGER,
    -- Since when it holds no more: it lapsed, was taken back or came to its date.
    over_at INTEGER,
    CONSTRAINT measure_kind_known CHECK (kind IN ('pause', 'end')),
    CONSTRAINT measure_until_of_a_pause CHECK ((kind = 'pause') = (until IS NOT NULL)),
    CONSTRAINT measure_by_two CHECK (confirmed_by IS NULL OR proposed_by IS NULL OR confirmed_by <> proposed_by)
) STRICT;
CREATE UNIQUE INDEX measure_once ON measure (group_id, user_id) WHERE over_at IS NULL;
CREATE INDEX measure_by_person ON measure (user_id);

-- Two people who are not to share a group. Why is kept nowhere. The smaller id comes first.
CREATE TABLE keep_apart (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    one_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (server_id, one_id, other_id),
    CONSTRAINT keep_apart_two CHECK (one_id < other_id)
) STRICT;
