-- Since when a server's groups are open to members: since its smallest team was seen to be reached.
ALTER TABLE server ADD COLUMN opened_at INTEGER;
-- What is open stays open.
UPDATE server SET opened_at = set_up_at WHERE EXISTS (SELECT 1 FROM peer_group WHERE server_id = server.id);
