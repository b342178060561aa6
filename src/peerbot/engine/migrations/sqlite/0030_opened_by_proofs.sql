-- A team that was reached before the update need not answer once more: look at what is known, at the next start.
INSERT INTO fact (kind, data, not_before)
SELECT 'way.proved', '{"server": ' || id || '}', 0 FROM server WHERE opened_at IS NULL;
