ALTER TABLE @schema@.assets ADD COLUMN metadata_bytes text;
ALTER TABLE @schema@.metadata_changes ADD COLUMN metadata_bytes text;
COMMENT ON COLUMN @schema@.assets.metadata IS 'The bytes of the event as text. What is not UTF-8, and U+0000, is U+FFFD; byte order marks at the beginning are left out';
COMMENT ON COLUMN @schema@.metadata_changes.metadata IS 'The bytes of the event as text. What is not UTF-8, and U+0000, is U+FFFD; byte order marks at the beginning are left out';
COMMENT ON COLUMN @schema@.assets.metadata_bytes IS 'The bytes of the event in hexadecimal, if metadata in UTF-8 is not exactly them; otherwise null';
COMMENT ON COLUMN @schema@.metadata_changes.metadata_bytes IS 'The bytes of the event in hexadecimal, if metadata in UTF-8 is not exactly them; otherwise null';
COMMENT ON COLUMN @schema@.releases.label IS 'As the publisher declares it, on one line, without invisible characters that no script needs';
COMMENT ON COLUMN @schema@.releases.uri IS 'As the publisher declares it, without control characters and invisible characters';
