-- Receipts of the housekeeping: when it ran, and how many rows of which item went. Never whose.

CREATE TABLE forgetting (
    at INTEGER PRIMARY KEY,
    gone TEXT NOT NULL
) STRICT;
