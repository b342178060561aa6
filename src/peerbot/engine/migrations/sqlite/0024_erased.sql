-- That somebody, or a whole server, was deleted: by a keyed hash, for as long as a backup could bring them back.

CREATE TABLE erased (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    server_id INTEGER NOT NULL,
    who TEXT NOT NULL
) STRICT;
