-- How long each line of a server's team has to answer, where it has set that: name → minutes, as JSON.

CREATE TABLE answer_times (
    server_id INTEGER PRIMARY KEY REFERENCES server (id) ON DELETE CASCADE,
    times TEXT NOT NULL
) STRICT;
