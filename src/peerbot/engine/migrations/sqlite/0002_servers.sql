-- A server that was set up, and its team.

CREATE TABLE server (
    id INTEGER PRIMARY KEY,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    category_id INTEGER,
    moderators_channel_id INTEGER,
    facilitators_channel_id INTEGER,
    make_staff_channels INTEGER NOT NULL DEFAULT 0,
    last_concern INTEGER NOT NULL DEFAULT 0,
    set_up_at INTEGER NOT NULL,
    -- Whether a coordinator confirms each seat.
    confirms_seats INTEGER NOT NULL DEFAULT 0,
    -- For whom its groups are. A server for younger people says whom to turn to about their safety.
    age_from INTEGER NOT NULL DEFAULT 18,
    age_until INTEGER,
    safeguarding_contact TEXT NOT NULL DEFAULT '',
    -- Somebody outside the team, shown to a raiser when nobody of the team may answer.
    outside_contact TEXT NOT NULL DEFAULT '',
    CONSTRAINT server_make_flag CHECK (make_staff_channels IN (0, 1)),
    CONSTRAINT server_confirms_flag CHECK (confirms_seats IN (0, 1)),
    CONSTRAINT server_ages_forward CHECK (age_until >= age_from)
) STRICT;

CREATE TABLE team (
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    part TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (server_id, user_id, part),
    CONSTRAINT team_part_known CHECK (part IN ('lead', 'deputy', 'moderator', 'coordinator', 'facilitator'))
) STRICT;
