-- Each edition of the texts people agree to, whole and never changed, so that an acceptance proves exactly which it was.

CREATE TABLE wording (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    -- The built-in agreement or limits, as somebody here accepted them; what the server adds to the limits; what a
    -- group adds to the agreement. No foreign key leads to a group: proof of consent outlives it.
    text TEXT NOT NULL,
    group_id TEXT NOT NULL,
    lines TEXT NOT NULL,
    -- None of both while it is only proposed.
    number INTEGER,
    since INTEGER,
    -- The number in force when this one was proposed.
    follows INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    -- When its group went: then it stays only as long as an acceptance stands for it.
    ended_at INTEGER,
    CONSTRAINT wording_text_known CHECK (text IN ('agreement', 'limits', 'server', 'group')),
    CONSTRAINT wording_group_or_none CHECK ((text = 'group') = (group_id <> '')),
    CONSTRAINT wording_in_force_since CHECK ((number IS NULL) = (since IS NULL)),
    CONSTRAINT wording_once UNIQUE (server_id, text, group_id, number)
) STRICT;
