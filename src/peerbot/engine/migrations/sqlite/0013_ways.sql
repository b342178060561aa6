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
