-- One row for each event about the graph or the money; several rows if the event has a list.
-- Addresses and digests are hexadecimal in lower case. The tables have no keys yet: finishBackfill adds them.

CREATE TABLE currencies (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  currency text NOT NULL,
  symbol text NOT NULL,
  decimals smallint NOT NULL
);
COMMENT ON TABLE currencies IS 'Currencies admitted to the ledger';
COMMENT ON COLUMN currencies.currency IS 'The address of the token';
COMMENT ON COLUMN currencies.decimals IS 'A whole unit of the currency is 10^decimals base units';

CREATE TABLE ledger_creations (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  registry text NOT NULL,
  admin text NOT NULL,
  wrapped_native text NOT NULL,
  commons_beneficiary text NOT NULL,
  commons_ppm integer NOT NULL
);
COMMENT ON TABLE ledger_creations IS 'The settings that the ledger was deployed with; one row';
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
COMMENT ON COLUMN assets.asset IS 'The id of the asset, which is the id of its first release';
COMMENT ON COLUMN assets.kind IS 'dataset, model or agent';
COMMENT ON COLUMN assets.keep_ppm IS 'The keep: the smallest own weight that a release of the asset can have, in parts per million';
COMMENT ON COLUMN assets.name IS 'From the metadata; null if it has none';
COMMENT ON COLUMN assets.organization IS 'From the metadata; null if it has none';
COMMENT ON COLUMN assets.metadata IS 'The bytes of the event as text, without those that are not text';

CREATE TABLE metadata_changes (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  name text,
  organization text,
  metadata text NOT NULL
);
COMMENT ON TABLE metadata_changes IS 'New metadata of assets';
COMMENT ON COLUMN metadata_changes.metadata IS 'The bytes of the event as text, without those that are not text';

CREATE TABLE asset_transfers (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL
);
COMMENT ON TABLE asset_transfers IS 'Changes of an asset''s owner; the first is from the zero address';

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
COMMENT ON TABLE releases IS 'Releases as they were published';
COMMENT ON COLUMN releases.own_weight_ppm IS 'The part of what the release receives that it keeps for its asset, in parts per million';
COMMENT ON COLUMN releases.floor_ppm IS 'The part of every fee into a descendant that must reach the release, in parts per million';
COMMENT ON COLUMN releases.by_grant IS 'True if building on the release needs a grant';
COMMENT ON COLUMN releases.digest IS 'The digest of the content, as the publisher declares it';

CREATE TABLE contributions (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  built_from bigint NOT NULL,
  weight_ppm integer NOT NULL
);
COMMENT ON TABLE contributions IS 'The edges of the graph';
COMMENT ON COLUMN contributions.release IS 'The release that was built';
COMMENT ON COLUMN contributions.built_from IS 'The earlier release that it was built from';
COMMENT ON COLUMN contributions.weight_ppm IS 'The part of what the release receives that it passes on, in parts per million';

CREATE TABLE retirements (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  retired boolean NOT NULL
);
COMMENT ON TABLE retirements IS 'Releases that were retired or restored';

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
COMMENT ON COLUMN fees.payer IS 'Certain if the source is the payer or the ledger; otherwise the source names the payer';
COMMENT ON COLUMN fees.amount IS 'Base units';
COMMENT ON COLUMN fees.source IS 'The account whose tokens were taken; the ledger''s own address if the fee was paid from the payer''s credit';

CREATE TABLE settlements (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  position integer NOT NULL,
  release bigint NOT NULL,
  currency text NOT NULL
);
COMMENT ON TABLE settlements IS 'Releases that were settled: they passed on all that they had received';
COMMENT ON COLUMN settlements.position IS 'The place in the event''s list, from 0';

CREATE TABLE claims (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  recipient text,
  amount numeric NOT NULL,
  assets bigint[] NOT NULL
);
COMMENT ON TABLE claims IS 'Claims: payments of what shareholders had earned';
COMMENT ON COLUMN claims.recipient IS 'Null if the amount was added to the account''s credit';
COMMENT ON COLUMN claims.amount IS 'Base units';
COMMENT ON COLUMN claims.assets IS 'The assets whose income was claimed';

CREATE TABLE commons_sweeps (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  currency text NOT NULL,
  amount numeric NOT NULL,
  assets bigint[] NOT NULL
);
COMMENT ON TABLE commons_sweeps IS 'Sweeps: the commons'' part of assets'' income, added to the credit of its beneficiary';
COMMENT ON COLUMN commons_sweeps.amount IS 'Base units';

CREATE TABLE deposits (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  source text NOT NULL,
  amount numeric NOT NULL
);
COMMENT ON TABLE deposits IS 'Deposits: tokens that became credit';
COMMENT ON COLUMN deposits.source IS 'The account whose tokens were taken';
COMMENT ON COLUMN deposits.amount IS 'Base units';

CREATE TABLE withdrawals (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  recipient text NOT NULL,
  amount numeric NOT NULL
);
COMMENT ON TABLE withdrawals IS 'Withdrawals: credit that was paid out';
COMMENT ON COLUMN withdrawals.amount IS 'Base units';

CREATE TABLE share_allocations (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  account text NOT NULL,
  role text NOT NULL,
  shares numeric NOT NULL
);
COMMENT ON TABLE share_allocations IS 'Shares that accounts got when an asset was registered, with their roles; share_transfers has these transfers, too';
COMMENT ON COLUMN share_allocations.shares IS 'Shares, of the asset''s 100,000,000';

CREATE TABLE share_transfers (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  position integer NOT NULL,
  asset numeric NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL,
  shares numeric NOT NULL
);
COMMENT ON TABLE share_transfers IS 'Transfers of shares; the first are from the zero address';
COMMENT ON COLUMN share_transfers.position IS 'The place in the event''s list, from 0';
COMMENT ON COLUMN share_transfers.asset IS 'The id of the asset. Numeric, because a transfer of zero shares can name any 256-bit number';
COMMENT ON COLUMN share_transfers.shares IS 'Shares, of the asset''s 100,000,000';
