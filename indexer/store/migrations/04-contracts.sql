CREATE TABLE @schema@.contracts (
  id smallint PRIMARY KEY,
  name text NOT NULL UNIQUE,
  address text NOT NULL,
  from_block bigint NOT NULL,
  read_to bigint
);
COMMENT ON TABLE @schema@.contracts IS 'The contracts whose logs are followed';
COMMENT ON COLUMN @schema@.contracts.id IS 'The number that logs.contract refers to';
COMMENT ON COLUMN @schema@.contracts.name IS 'The name of the contract in the deployment file';
COMMENT ON COLUMN @schema@.contracts.from_block IS 'The first block that can contain a log of the contract';
COMMENT ON COLUMN @schema@.contracts.read_to IS 'If the contract is new to this store: the block up to which the journal has its logs. Null once it has all';

INSERT INTO @schema@.contracts (id, name, address, from_block)
SELECT 0, 'registry', registry, start_block FROM @schema@.deployment
UNION ALL
SELECT 1, 'ledger', ledger, start_block FROM @schema@.deployment;
COMMENT ON COLUMN @schema@.logs.contract IS 'The id of the contract in the table contracts';
