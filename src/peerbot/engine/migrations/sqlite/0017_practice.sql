-- Practice of the whole chain: its pages are those of a concern that is marked as practice.

CREATE TABLE drill (
    concern_id TEXT PRIMARY KEY REFERENCES concern (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    started_by INTEGER,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- Why it ended: every line was asked, somebody stopped it, or somebody was in need meanwhile.
    ended_how TEXT,
    CONSTRAINT drill_end_known CHECK (ended_how IN ('through', 'stopped', 'real')),
    CONSTRAINT drill_end_whole CHECK ((ended_at IS NULL) = (ended_how IS NULL))
) STRICT;
-- One at a time: two would ask the same people about two things that are not so.
CREATE UNIQUE INDEX drill_once ON drill (server_id) WHERE ended_at IS NULL;
