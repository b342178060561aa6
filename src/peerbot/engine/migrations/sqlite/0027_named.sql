-- Whom a message of ours in a channel names, so that their name can be taken out of it.

CREATE TABLE named (
    message_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    server_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (message_id, user_id)
) STRICT;
CREATE INDEX named_person ON named (server_id, user_id);
