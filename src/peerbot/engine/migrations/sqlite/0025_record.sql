-- The record of what staff did, what was done with concerns, and who agreed: only ever added to, says the file itself.
-- A row goes with its server, or once the housekeeping has seen a day that is a year (365 days) later. Nothing about it
-- changes but that a person is cut out of it.

-- The newest instant at which the housekeeping began. What a year is counts from here: SQL that would delete something
-- younger has to say first, in a row that stays, that a year has gone by.
CREATE TABLE housekeeping (
    one INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    CONSTRAINT housekeeping_one CHECK (one = 1)
) STRICT;
CREATE TRIGGER housekeeping_stays BEFORE DELETE ON housekeeping
BEGIN
    SELECT RAISE(ABORT, 'what the housekeeping has seen stays');
END;

-- Who did something. Cut, it is somebody of whom nothing is known; whoever acts again is a new row.
CREATE TABLE staff_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    user_id INTEGER,
    CONSTRAINT staff_person_once UNIQUE (server_id, user_id)
) STRICT;
CREATE INDEX staff_person_by_person ON staff_person (user_id);
INSERT INTO staff_person (server_id, user_id) SELECT DISTINCT server_id, by_id FROM staff_act ORDER BY server_id, by_id;

CREATE TABLE staff_act_kept (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES server (id) ON DELETE CASCADE,
    act TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES staff_person (id),
    at INTEGER NOT NULL
) STRICT;
INSERT INTO staff_act_kept (id, server_id, act, person_id, at)
    SELECT staff_act.id, staff_act.server_id, act, staff_person.id, at FROM staff_act
    JOIN staff_person ON staff_person.server_id = staff_act.server_id AND staff_person.user_id = by_id;
DROP TABLE staff_act;
ALTER TABLE staff_act_kept RENAME TO staff_act;
CREATE INDEX staff_act_of_server ON staff_act (server_id, id);
CREATE INDEX staff_act_by_person ON staff_act (person_id);

CREATE TRIGGER staff_person_is_only_cut BEFORE UPDATE ON staff_person
WHEN NEW.user_id IS NOT NULL OR NEW.id <> OLD.id OR NEW.server_id <> OLD.server_id
BEGIN
    SELECT RAISE(ABORT, 'who did something is only ever cut');
END;
CREATE TRIGGER staff_act_is_never_changed BEFORE UPDATE ON staff_act
BEGIN
    SELECT RAISE(ABORT, 'what staff did is only ever added to');
END;
CREATE TRIGGER staff_act_goes_in_its_time BEFORE DELETE ON staff_act
WHEN EXISTS (SELECT 1 FROM server WHERE id = OLD.server_id)
    AND OLD.at >= coalesce((SELECT at FROM housekeeping), 0) - 31536000
BEGIN
    SELECT RAISE(ABORT, 'what staff did goes with its server or after a year');
END;

-- What was done with a concern, opening it included.
CREATE TRIGGER concern_act_is_never_changed BEFORE UPDATE ON concern_act
WHEN NEW.id <> OLD.id OR NEW.server_id <> OLD.server_id OR NEW.concern_id <> OLD.concern_id OR NEW.act <> OLD.act
    OR NEW.at <> OLD.at OR (NEW.by_id IS NOT OLD.by_id AND NEW.by_id IS NOT 0)
BEGIN
    SELECT RAISE(ABORT, 'what was done with a concern is only ever added to');
END;
CREATE TRIGGER concern_act_goes_in_its_time BEFORE DELETE ON concern_act
WHEN EXISTS (SELECT 1 FROM server WHERE id = OLD.server_id)
    AND OLD.at >= coalesce((SELECT at FROM housekeeping), 0) - 31536000
BEGIN
    SELECT RAISE(ABORT, 'what was done with a concern goes with its server or after a year');
END;

-- Who agreed: what was asked stays as it was asked, an answer as it was given, and that somebody looked at it again.
-- The instants may move: with a host clock that was set back.
CREATE TRIGGER sign_off_is_never_changed BEFORE UPDATE ON sign_off
WHEN NEW.id <> OLD.id OR NEW.server_id <> OLD.server_id OR NEW.concern_id <> OLD.concern_id OR NEW.kind <> OLD.kind
    OR NEW.detail <> OLD.detail OR (NEW.asked_by IS NOT OLD.asked_by AND NEW.asked_by IS NOT 0)
    OR (OLD.state <> 'asked' AND NEW.state <> OLD.state)
    OR (OLD.state <> 'asked' AND NEW.ended_by IS NOT OLD.ended_by AND NEW.ended_by IS NOT 0)
    OR (OLD.reviewed_by IS NOT NULL AND NEW.reviewed_by IS NOT OLD.reviewed_by AND NEW.reviewed_by IS NOT 0)
BEGIN
    SELECT RAISE(ABORT, 'who agreed to what is only ever added to');
END;
CREATE TRIGGER sign_off_goes_in_its_time BEFORE DELETE ON sign_off
WHEN EXISTS (SELECT 1 FROM server WHERE id = OLD.server_id)
    AND OLD.asked_at >= coalesce((SELECT at FROM housekeeping), 0) - 31536000
BEGIN
    SELECT RAISE(ABORT, 'who agreed to what goes with its server or after a year');
END;
