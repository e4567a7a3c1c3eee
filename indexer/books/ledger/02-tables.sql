-- One row for each event about the graph or the money; several rows if the event has a list.
-- Addresses and digests are hexadecimal in lower case. The tables have no keys yet: finishBackfill adds them.

CREATE TABLE @schema@.currencies (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  currency text NOT NULL,
  symbol text NOT NULL,
  decimals smallint NOT NULL
);
COMMENT ON TABLE @schema@.currencies IS 'Currencies admitted to the ledger';
COMMENT ON COLUMN @schema@.currencies.currency IS 'The address of the token';
COMMENT ON COLUMN @schema@.currencies.decimals IS 'A whole unit of the currency is 10^decimals base units';

CREATE TABLE @schema@.ledger_creations (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  registry text NOT NULL,
  admin text NOT NULL,
  wrapped_native text NOT NULL,
  commons_beneficiary text NOT NULL,
  commons_ppm integer NOT NULL
);
COMMENT ON TABLE @schema@.ledger_creations IS 'The settings that the ledger was deployed with; one row';
COMMENT ON COLUMN @schema@.ledger_creations.commons_ppm IS 'The commons'' part of all income, in parts per million';

CREATE TABLE @schema@.assets (
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
COMMENT ON TABLE @schema@.assets IS 'Assets as they were registered';
COMMENT ON COLUMN @schema@.assets.asset IS 'The id of the asset, which is the id of its first release';
COMMENT ON COLUMN @schema@.assets.kind IS 'dataset, model or agent';
COMMENT ON COLUMN @schema@.assets.keep_ppm IS 'The keep: the smallest own weight that a release of the asset can have, in parts per million';
COMMENT ON COLUMN @schema@.assets.name IS 'From the metadata; null if it has none';
COMMENT ON COLUMN @schema@.assets.organization IS 'From the metadata; null if it has none';
COMMENT ON COLUMN @schema@.assets.metadata IS 'The bytes of the event as text, without those that are not text';

CREATE TABLE @schema@.metadata_changes (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  name text,
  organization text,
  metadata text NOT NULL
);
COMMENT ON TABLE @schema@.metadata_changes IS 'New metadata of assets';
COMMENT ON COLUMN @schema@.metadata_changes.metadata IS 'The bytes of the event as text, without those that are not text';

CREATE TABLE @schema@.asset_transfers (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL
);
COMMENT ON TABLE @schema@.asset_transfers IS 'Changes of an asset''s owner; the first is from the zero address';

CREATE TABLE @schema@.identity_bindings (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  identity numeric NOT NULL
);
COMMENT ON TABLE @schema@.identity_bindings IS 'ERC-8004 identities that agents were bound to';

CREATE TABLE @schema@.releases (
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
COMMENT ON TABLE @schema@.releases IS 'Releases as they were published';
COMMENT ON COLUMN @schema@.releases.own_weight_ppm IS 'The part of what the release receives that it keeps for its asset, in parts per million';
COMMENT ON COLUMN @schema@.releases.floor_ppm IS 'The part of every fee into a descendant that must reach the release, in parts per million';
COMMENT ON COLUMN @schema@.releases.by_grant IS 'True if building on the release needs a grant';
COMMENT ON COLUMN @schema@.releases.digest IS 'The digest of the content, as the publisher declares it';

CREATE TABLE @schema@.contributions (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  built_from bigint NOT NULL,
  weight_ppm integer NOT NULL
);
COMMENT ON TABLE @schema@.contributions IS 'The edges of the graph';
COMMENT ON COLUMN @schema@.contributions.release IS 'The release that was built';
COMMENT ON COLUMN @schema@.contributions.built_from IS 'The earlier release that it was built from';
COMMENT ON COLUMN @schema@.contributions.weight_ppm IS 'The part of what the release receives that it passes on, in parts per million';

CREATE TABLE @schema@.retirements (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  retired boolean NOT NULL
);
COMMENT ON TABLE @schema@.retirements IS 'Releases that were retired or restored';

CREATE TABLE @schema@.grants (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  account text,
  asset bigint,
  granted boolean NOT NULL
);
COMMENT ON TABLE @schema@.grants IS 'Grants to build on a release, given or revoked: to an account or to an asset';

CREATE TABLE @schema@.spent_grants (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  digest text NOT NULL
);
COMMENT ON TABLE @schema@.spent_grants IS 'Signed grants that were used or cancelled';

CREATE TABLE @schema@.fees (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  release bigint NOT NULL,
  currency text NOT NULL,
  payer text NOT NULL,
  amount numeric NOT NULL,
  reference text NOT NULL,
  source text NOT NULL
);
COMMENT ON TABLE @schema@.fees IS 'Fees paid into releases';
COMMENT ON COLUMN @schema@.fees.payer IS 'Certain if the source is the payer or the ledger; otherwise the source names the payer';
COMMENT ON COLUMN @schema@.fees.amount IS 'Base units';
COMMENT ON COLUMN @schema@.fees.source IS 'The account whose tokens were taken; the ledger''s own address if the fee was paid from the payer''s credit';

CREATE TABLE @schema@.settlements (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  position integer NOT NULL,
  release bigint NOT NULL,
  currency text NOT NULL
);
COMMENT ON TABLE @schema@.settlements IS 'Releases that were settled: they passed on all that they had received';
COMMENT ON COLUMN @schema@.settlements.position IS 'The place in the event''s list, from 0';

CREATE TABLE @schema@.claims (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  recipient text,
  amount numeric NOT NULL,
  assets bigint[] NOT NULL
);
COMMENT ON TABLE @schema@.claims IS 'Claims: payments of what shareholders had earned';
COMMENT ON COLUMN @schema@.claims.recipient IS 'Null if the amount was added to the account''s credit';
COMMENT ON COLUMN @schema@.claims.amount IS 'Base units';
COMMENT ON COLUMN @schema@.claims.assets IS 'The assets whose income was claimed';

CREATE TABLE @schema@.commons_sweeps (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  currency text NOT NULL,
  amount numeric NOT NULL,
  assets bigint[] NOT NULL
);
COMMENT ON TABLE @schema@.commons_sweeps IS 'Sweeps: the commons'' part of assets'' income, added to the credit of its beneficiary';
COMMENT ON COLUMN @schema@.commons_sweeps.amount IS 'Base units';

CREATE TABLE @schema@.deposits (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  source text NOT NULL,
  amount numeric NOT NULL
);
COMMENT ON TABLE @schema@.deposits IS 'Deposits: tokens that became credit';
COMMENT ON COLUMN @schema@.deposits.source IS 'The account whose tokens were taken';
COMMENT ON COLUMN @schema@.deposits.amount IS 'Base units';

CREATE TABLE @schema@.withdrawals (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  currency text NOT NULL,
  recipient text NOT NULL,
  amount numeric NOT NULL
);
COMMENT ON TABLE @schema@.withdrawals IS 'Withdrawals: credit that was paid out';
COMMENT ON COLUMN @schema@.withdrawals.amount IS 'Base units';

CREATE TABLE @schema@.share_allocations (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  asset bigint NOT NULL,
  account text NOT NULL,
  role text NOT NULL,
  shares numeric NOT NULL
);
COMMENT ON TABLE @schema@.share_allocations IS 'Shares that accounts got when an asset was registered, with their roles; share_transfers has these transfers, too';
COMMENT ON COLUMN @schema@.share_allocations.shares IS 'Shares, of the asset''s 100,000,000';

CREATE TABLE @schema@.share_transfers (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  position integer NOT NULL,
  asset numeric NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL,
  shares numeric NOT NULL
);
COMMENT ON TABLE @schema@.share_transfers IS 'Transfers of shares; the first are from the zero address';
COMMENT ON COLUMN @schema@.share_transfers.position IS 'The place in the event''s list, from 0';
COMMENT ON COLUMN @schema@.share_transfers.asset IS 'The id of the asset. Numeric, because a transfer of zero shares can name any 256-bit number';
COMMENT ON COLUMN @schema@.share_transfers.shares IS 'Shares, of the asset''s 100,000,000';
