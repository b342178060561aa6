-- Whom the concern was about from which a block was made, as a keyed alias: they find no block, however long ago it was.

ALTER TABLE alias_block ADD COLUMN about TEXT;
