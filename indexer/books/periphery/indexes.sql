CREATE UNIQUE INDEX IF NOT EXISTS inlets_key ON inlets (block_number, log_index);
CREATE UNIQUE INDEX IF NOT EXISTS timelock_calls_key ON timelock_calls (block_number, log_index);
CREATE UNIQUE INDEX IF NOT EXISTS timelock_executions_key ON timelock_executions (block_number, log_index);
CREATE UNIQUE INDEX IF NOT EXISTS timelock_cancellations_key ON timelock_cancellations (block_number, log_index);
CREATE UNIQUE INDEX IF NOT EXISTS timelock_delays_key ON timelock_delays (block_number, log_index);
CREATE UNIQUE INDEX IF NOT EXISTS timelock_roles_key ON timelock_roles (block_number, log_index);
CREATE INDEX IF NOT EXISTS inlets_by_release ON inlets (release);
CREATE INDEX IF NOT EXISTS inlets_by_inlet ON inlets (inlet);
