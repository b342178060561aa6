-- What staff did: the act and who, never a word. Only ever added to; it goes by age.

CREATE TABLE staff_act (
    id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    act TEXT NOT NULL,
    by_id INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_act_by_person ON staff_act (by_id);
CREATE TRIGGER staff_act_is_never_changed BEFORE UPDATE ON staff_act
BEGIN
    SELECT RAISE(ABORT, 'what staff did is only ever added to');
END;
