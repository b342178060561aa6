-- Pauses of a series, in days of its own zone; `last_on` is empty until somebody says when it goes on.
CREATE TABLE series_pause (
    series_id TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    server_id INTEGER NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    PRIMARY KEY (series_id, first_on),
    CONSTRAINT series_pause_ends_later CHECK (last_on = '' OR last_on >= first_on)
) STRICT;

-- The zone that somebody chose last for a series here: it is offered first the next time.
CREATE TABLE person_zone (
    user_id INTEGER NOT NULL,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    zone TEXT NOT NULL,
    PRIMARY KEY (user_id, server_id)
) STRICT;
