CREATE TABLE @schema@.deployment (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  chain_id bigint NOT NULL,
  registry text NOT NULL,
  ledger text NOT NULL,
  start_block bigint NOT NULL
);
COMMENT ON TABLE @schema@.deployment IS 'The deployment that this store belongs to';
COMMENT ON COLUMN @schema@.deployment.start_block IS 'The block in which both contracts were deployed';

CREATE TABLE @schema@.blocks (
  number bigint PRIMARY KEY,
  hash bytea NOT NULL,
  timestamp bigint NOT NULL
);
COMMENT ON TABLE @schema@.blocks IS 'Journal: the blocks that contain a log of the contracts or ended a step of the sync';
COMMENT ON COLUMN @schema@.blocks.timestamp IS 'Seconds since 1970';

CREATE TABLE @schema@.logs (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  contract smallint NOT NULL,
  topics bytea NOT NULL,
  data bytea NOT NULL,
  transaction_hash bytea NOT NULL,
  PRIMARY KEY (block_number, log_index)
);
COMMENT ON TABLE @schema@.logs IS 'Journal: every log of the contracts, as the chain has it. Everything else is computed from it';
COMMENT ON COLUMN @schema@.logs.contract IS '0: AssetRegistry, 1: FeeLedger';
COMMENT ON COLUMN @schema@.logs.topics IS 'The topics in order, 32 bytes each';

CREATE TABLE @schema@.finality (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  block_number bigint NOT NULL
);
COMMENT ON COLUMN @schema@.finality.block_number IS 'The newest final block; below 0 before one is known';
INSERT INTO @schema@.finality (block_number) VALUES (-1);

CREATE TABLE @schema@.removals (
  id bigint PRIMARY KEY,
  above bigint NOT NULL
);
COMMENT ON TABLE @schema@.removals IS 'Removals of blocks, for readers that follow the journal';
COMMENT ON COLUMN @schema@.removals.above IS 'The block above which everything was removed';

CREATE TABLE @schema@.snapshots (
  id bigint PRIMARY KEY,
  block_number bigint NOT NULL,
  block_hash bytea NOT NULL,
  format integer NOT NULL,
  chunks integer
);
COMMENT ON TABLE @schema@.snapshots IS 'Snapshots of the indexer''s state at a block, in its own format, so that a start need not begin at the first event';
COMMENT ON COLUMN @schema@.snapshots.chunks IS 'The number of chunks in snapshot_chunks; null until all are written';

CREATE TABLE @schema@.snapshot_chunks (
  snapshot bigint NOT NULL REFERENCES @schema@.snapshots (id) ON DELETE CASCADE,
  position integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (snapshot, position)
);
ALTER TABLE @schema@.snapshot_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
