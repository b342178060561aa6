-- Where a coordinator confirms each seat: whether this person wants one to try a single meeting.
ALTER TABLE waiting ADD COLUMN tastes INTEGER NOT NULL DEFAULT 0
    CONSTRAINT waiting_tastes_flag CHECK (tastes IN (0, 1));
