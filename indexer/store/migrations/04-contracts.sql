CREATE TABLE contracts (
  id smallint PRIMARY KEY,
  name text NOT NULL UNIQUE,
  address text NOT NULL,
  from_block bigint NOT NULL,
  read_to bigint
);
COMMENT ON TABLE contracts IS 'The contracts whose logs are followed';
COMMENT ON COLUMN contracts.id IS 'What logs.contract names it by';
COMMENT ON COLUMN contracts.name IS 'Its name in the deployment file';
COMMENT ON COLUMN contracts.from_block IS 'The first block that can hold a log of it';
COMMENT ON COLUMN contracts.read_to IS 'A contract that is new to this store: the journal holds its logs up to here. Null once it holds all';

INSERT INTO contracts (id, name, address, from_block)
SELECT 0, 'registry', registry, start_block FROM deployment
UNION ALL
SELECT 1, 'ledger', ledger, start_block FROM deployment;
COMMENT ON COLUMN logs.contract IS 'Its id in contracts';
