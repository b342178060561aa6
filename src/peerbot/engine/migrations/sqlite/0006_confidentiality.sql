-- Who accepted which version of the agreement and of the limits, and until when it held.

CREATE TABLE acceptance (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    group_id TEXT NOT NULL,
    -- After leaving, a keyed hash stands in place of the person.
    user_id INTEGER,
    person_hash TEXT,
    agreement_version INTEGER NOT NULL,
    limits_version INTEGER NOT NULL,
    -- What the server adds to the limits, and the group to the agreement; 0 is nothing.
    server_version INTEGER NOT NULL,
    group_version INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    CONSTRAINT acceptance_person_or_hash CHECK ((user_id IS NULL) = (person_hash IS NOT NULL)),
    CONSTRAINT acceptance_hash_once_withdrawn CHECK ((withdrawn_at IS NULL) = (person_hash IS NULL)),
    CONSTRAINT acceptance_once UNIQUE (
        group_id, user_id, agreement_version, limits_version, server_version, group_version
    )
) STRICT;
CREATE INDEX acceptance_withdrawn ON acceptance (withdrawn_at) WHERE withdrawn_at IS NOT NULL;
