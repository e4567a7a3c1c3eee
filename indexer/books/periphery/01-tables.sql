-- One row for each event of the contracts around the ledger that says something of their state.
-- Addresses and digests are hexadecimal in lower case. Made without keys: indexes.sql adds them.

CREATE TABLE inlets (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  inlet text NOT NULL
);
COMMENT ON TABLE inlets IS 'Inlets that were opened: addresses that pay a release';

CREATE TABLE timelock_calls (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  operation text NOT NULL,
  call numeric NOT NULL,
  target text NOT NULL,
  value numeric NOT NULL,
  data text NOT NULL,
  predecessor text NOT NULL,
  delay numeric NOT NULL
);
COMMENT ON TABLE timelock_calls IS 'Calls scheduled in the timelock that administers the ledger';
COMMENT ON COLUMN timelock_calls.operation IS 'The id of the operation that the call is a part of';
COMMENT ON COLUMN timelock_calls.call IS 'Its place in the operation';
COMMENT ON COLUMN timelock_calls.value IS 'Wei';
COMMENT ON COLUMN timelock_calls.predecessor IS 'The operation that must be executed before; zero if none';
COMMENT ON COLUMN timelock_calls.delay IS 'Seconds from the scheduling on';

CREATE TABLE timelock_executions (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  operation text NOT NULL,
  call numeric NOT NULL
);
COMMENT ON TABLE timelock_executions IS 'Scheduled calls that were executed';

CREATE TABLE timelock_cancellations (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  operation text NOT NULL
);
COMMENT ON TABLE timelock_cancellations IS 'Scheduled operations that were cancelled';

CREATE TABLE timelock_delays (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  delay numeric NOT NULL
);
COMMENT ON TABLE timelock_delays IS 'The least delay of a scheduled call, in seconds, each time that it was set';

CREATE TABLE timelock_roles (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  role text NOT NULL,
  account text NOT NULL,
  granted boolean NOT NULL
);
COMMENT ON TABLE timelock_roles IS 'Roles in the timelock, granted or revoked';
COMMENT ON COLUMN timelock_roles.role IS 'The digest of its name, such as PROPOSER_ROLE; zero for the admin of roles';
