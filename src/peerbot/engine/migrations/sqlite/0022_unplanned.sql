-- Hours that no shift reaches, and how often the leads were told. What returns each week stands here once.

CREATE TABLE rota_unplanned (
    id TEXT PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    told INTEGER NOT NULL DEFAULT 0,
    found_at INTEGER NOT NULL,
    CONSTRAINT rota_unplanned_forward CHECK (ends_at > starts_at),
    CONSTRAINT rota_unplanned_told_known CHECK (told BETWEEN 0 AND 2)
) STRICT;
CREATE INDEX rota_unplanned_server ON rota_unplanned (server_id, starts_at);
