-- One row for each event that changes the state of the contracts around the ledger.
-- Addresses and digests are hexadecimal in lower case. The tables have no keys yet: indexes.sql adds them.

CREATE TABLE @schema@.inlets (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  inlet text NOT NULL
);
COMMENT ON TABLE @schema@.inlets IS 'Open inlets: addresses that pay a release';

CREATE TABLE @schema@.timelock_calls (
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
COMMENT ON TABLE @schema@.timelock_calls IS 'Calls scheduled in the timelock that administers the ledger';
COMMENT ON COLUMN @schema@.timelock_calls.operation IS 'The id of the operation that contains the call';
COMMENT ON COLUMN @schema@.timelock_calls.call IS 'The index of the call in its operation, from 0';
COMMENT ON COLUMN @schema@.timelock_calls.value IS 'The native money that is sent with the call, in wei';
COMMENT ON COLUMN @schema@.timelock_calls.predecessor IS 'The id of the operation that must be executed first; zero if there is none';
COMMENT ON COLUMN @schema@.timelock_calls.delay IS 'The delay between scheduling and execution, in seconds';

CREATE TABLE @schema@.timelock_executions (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  operation text NOT NULL,
  call numeric NOT NULL
);
COMMENT ON TABLE @schema@.timelock_executions IS 'Scheduled calls that were executed';

CREATE TABLE @schema@.timelock_cancellations (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  operation text NOT NULL
);
COMMENT ON TABLE @schema@.timelock_cancellations IS 'Scheduled operations that were cancelled';

CREATE TABLE @schema@.timelock_delays (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  delay numeric NOT NULL
);
COMMENT ON TABLE @schema@.timelock_delays IS 'Changes of the smallest delay of a scheduled call, in seconds';

CREATE TABLE @schema@.timelock_roles (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  role text NOT NULL,
  account text NOT NULL,
  granted boolean NOT NULL
);
COMMENT ON TABLE @schema@.timelock_roles IS 'Roles in the timelock that were granted or revoked';
COMMENT ON COLUMN @schema@.timelock_roles.role IS 'The id of the role: the digest of its name, such as PROPOSER_ROLE; zero for the admin of the roles';
