ALTER TABLE assets ADD COLUMN metadata_bytes text;
ALTER TABLE metadata_changes ADD COLUMN metadata_bytes text;
COMMENT ON COLUMN assets.metadata IS 'The bytes of the event as text. What is not UTF-8, and U+0000, is U+FFFD; byte order marks at the beginning are left out';
COMMENT ON COLUMN metadata_changes.metadata IS 'The bytes of the event as text. What is not UTF-8, and U+0000, is U+FFFD; byte order marks at the beginning are left out';
COMMENT ON COLUMN assets.metadata_bytes IS 'The bytes of the event in hexadecimal, if metadata in UTF-8 is not exactly them; otherwise null';
COMMENT ON COLUMN metadata_changes.metadata_bytes IS 'The bytes of the event in hexadecimal, if metadata in UTF-8 is not exactly them; otherwise null';
COMMENT ON COLUMN releases.label IS 'As the publisher declares it, on one line, without invisible characters that no script needs';
COMMENT ON COLUMN releases.uri IS 'As the publisher declares it, without control characters and invisible characters';
