-- Once it is forgotten whom a concern was about, nobody can say from whom it must be hidden: it opens to nobody.

ALTER TABLE concern ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;

-- What was forgotten before there was this column: a concern about another has a number of its own, apart.
UPDATE concern SET sealed = 1 WHERE state = 'closed' AND subject_id IS NULL AND number >= 100000;
