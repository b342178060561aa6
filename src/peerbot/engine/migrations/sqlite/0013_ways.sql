-- When somebody last pressed a button on a page that came this way: what proves that it reaches them.

CREATE TABLE proof (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    way TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id, way),
    CONSTRAINT proof_way_known CHECK (way IN ('channel', 'dm', 'alert'))
) STRICT;
CREATE INDEX proof_by_person ON proof (user_id);

-- Whether somebody of the team can see a staff channel, as Discord last said, and when that was.
CREATE TABLE sight (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    sees INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id, channel_id),
    CONSTRAINT sight_sees_flag CHECK (sees IN (0, 1))
) STRICT;
CREATE INDEX sight_by_person ON sight (user_id);

-- A page sent for practice, by one way to one person. Its code is typed by whoever read it outside Discord.
CREATE TABLE test_page (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    way TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    code TEXT,
    shift_id TEXT,
    made_at INTEGER NOT NULL,
    proved_at INTEGER,
    CONSTRAINT test_page_way_known CHECK (way IN ('channel', 'dm', 'alert')),
    CONSTRAINT test_page_state_known CHECK (state IN ('waiting', 'arrived', 'failed', 'dropped'))
) STRICT;
CREATE INDEX test_page_by_person ON test_page (user_id, server_id);
CREATE INDEX test_page_by_shift ON test_page (shift_id);
