-- One row for each event that says something about the graph or the money; several where the event has a list.
-- Addresses and digests are hexadecimal in lower case. Made without keys: finishBackfill adds them.

CREATE TABLE currencies (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  currency text NOT NULL,
  symbol text NOT NULL,
  decimals smallint NOT NULL
);
COMMENT ON TABLE currencies IS 'Currencies admitted to the ledger';
COMMENT ON COLUMN currencies.currency IS 'The address of its token';
COMMENT ON COLUMN currencies.decimals IS 'A whole unit is 10^decimals base units';

CREATE TABLE ledger_creations (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  registry text NOT NULL,
  admin text NOT NULL,
  wrapped_native text NOT NULL,
  commons_beneficiary text NOT NULL,
  commons_ppm integer NOT NULL
);
COMMENT ON TABLE ledger_creations IS 'What the ledger was created with; one row';
COMMENT ON COLUMN ledger_creations.commons_ppm IS 'The commons'' part of all income, in parts per million';

CREATE TABLE assets (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  registrant text NOT NULL,
  kind text NOT NULL,
  keep_ppm integer NOT NULL,
  name text,
  organization text,
  metadata text NOT NULL
);
COMMENT ON TABLE assets IS 'Assets as they were registered';
COMMENT ON COLUMN assets.asset IS 'The id of its first release, too';
COMMENT ON COLUMN assets.kind IS 'dataset, model or agent';
COMMENT ON COLUMN assets.keep_ppm IS 'The least own weight of its releases, in parts per million';
COMMENT ON COLUMN assets.name IS 'From the metadata, where it has one';
COMMENT ON COLUMN assets.organization IS 'From the metadata, where it has one';
COMMENT ON COLUMN assets.metadata IS 'As emitted, less what is no text';

CREATE TABLE metadata_changes (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  name text,
  organization text,
  metadata text NOT NULL
);
COMMENT ON TABLE metadata_changes IS 'New metadata of assets';
COMMENT ON COLUMN metadata_changes.metadata IS 'As emitted, less what is no text';

CREATE TABLE asset_transfers (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL
);
COMMENT ON TABLE asset_transfers IS 'Assets changing owner; the first is from the zero address';

CREATE TABLE identity_bindings (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  identity numeric NOT NULL
);
COMMENT ON TABLE identity_bindings IS 'ERC-8004 identities that agents were bound to';

CREATE TABLE releases (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  asset bigint NOT NULL,
  own_weight_ppm integer NOT NULL,
  floor_ppm integer NOT NULL,
  by_grant boolean NOT NULL,
  label text NOT NULL,
  digest text NOT NULL,
  uri text NOT NULL
);
COMMENT ON TABLE releases IS 'Releases';
COMMENT ON COLUMN releases.own_weight_ppm IS 'What it keeps for its asset, in parts per million of what it receives';
COMMENT ON COLUMN releases.floor_ppm IS 'The part of every fee to what is built on it that must reach it, in parts per million';
COMMENT ON COLUMN releases.by_grant IS 'Whether building on it needs a grant';
COMMENT ON COLUMN releases.digest IS 'Of its content';

CREATE TABLE contributions (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  built_from bigint NOT NULL,
  weight_ppm integer NOT NULL
);
COMMENT ON TABLE contributions IS 'The edges of the graph';
COMMENT ON COLUMN contributions.release IS 'What was built';
COMMENT ON COLUMN contributions.built_from IS 'The earlier release that it was built from';
COMMENT ON COLUMN contributions.weight_ppm IS 'Parts per million of what the release receives';

CREATE TABLE retirements (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  retired boolean NOT NULL
);
COMMENT ON TABLE retirements IS 'Releases retired or restored';

CREATE TABLE grants (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  account text,
  asset bigint,
  granted boolean NOT NULL
);
COMMENT ON TABLE grants IS 'Grants to build on a release, given or revoked: to an account or to an asset';

CREATE TABLE spent_grants (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  digest text NOT NULL
);
COMMENT ON TABLE spent_grants IS 'Signed grants that were used or cancelled';

CREATE TABLE fees (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  currency text NOT NULL,
  payer text NOT NULL,
  amount numeric NOT NULL,
  reference text NOT NULL,
  source text NOT NULL
);
COMMENT ON TABLE fees IS 'Fees paid into releases';
COMMENT ON COLUMN fees.payer IS 'Sure if the source is the payer or the ledger; else it is what the source says';
COMMENT ON COLUMN fees.amount IS 'Base units';
COMMENT ON COLUMN fees.source IS 'Whose tokens were taken; the ledger''s own address if it was the payer''s credit';

CREATE TABLE settlements (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  position integer NOT NULL,
  release bigint NOT NULL,
  currency text NOT NULL
);
COMMENT ON TABLE settlements IS 'Releases that passed on all they had received';
COMMENT ON COLUMN settlements.position IS 'Order within the event';

CREATE TABLE claims (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  recipient text,
  amount numeric NOT NULL,
  assets bigint[] NOT NULL
);
COMMENT ON TABLE claims IS 'Payments of what shareholders had earned';
COMMENT ON COLUMN claims.recipient IS 'Null if the amount was added to the account''s credit';
COMMENT ON COLUMN claims.amount IS 'Base units';
COMMENT ON COLUMN claims.assets IS 'Whose income it is from';

CREATE TABLE commons_sweeps (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  currency text NOT NULL,
  amount numeric NOT NULL,
  assets bigint[] NOT NULL
);
COMMENT ON TABLE commons_sweeps IS 'The commons'' part of assets'' income, added to its beneficiary''s credit';
COMMENT ON COLUMN commons_sweeps.amount IS 'Base units';

CREATE TABLE deposits (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  source text NOT NULL,
  amount numeric NOT NULL
);
COMMENT ON TABLE deposits IS 'Credit bought';
COMMENT ON COLUMN deposits.source IS 'Whose tokens were taken';
COMMENT ON COLUMN deposits.amount IS 'Base units';

CREATE TABLE withdrawals (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  recipient text NOT NULL,
  amount numeric NOT NULL
);
COMMENT ON TABLE withdrawals IS 'Credit taken out';
COMMENT ON COLUMN withdrawals.amount IS 'Base units';

CREATE TABLE share_allocations (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  account text NOT NULL,
  role text NOT NULL,
  shares numeric NOT NULL
);
COMMENT ON TABLE share_allocations IS 'Who got the shares of a new asset, and what for; the transfers are in share_transfers, too';
COMMENT ON COLUMN share_allocations.shares IS 'Of 100,000,000';

CREATE TABLE share_transfers (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  position integer NOT NULL,
  asset numeric NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL,
  shares numeric NOT NULL
);
COMMENT ON TABLE share_transfers IS 'Shares changing hands; the first are from the zero address';
COMMENT ON COLUMN share_transfers.position IS 'Order within the event';
COMMENT ON COLUMN share_transfers.asset IS 'Numeric, because a transfer of no shares can name any 256-bit number';
COMMENT ON COLUMN share_transfers.shares IS 'Of 100,000,000';
