CREATE VIEW asset_owners AS
SELECT DISTINCT ON (asset) asset, recipient AS owner
FROM asset_transfers
ORDER BY asset, block_number DESC, log_index DESC;
COMMENT ON VIEW asset_owners IS 'The owner of each asset now';

CREATE VIEW share_balances AS
SELECT asset, account, sum(shares) AS shares
FROM (
  SELECT asset, recipient AS account, shares FROM share_transfers
  UNION ALL
  SELECT asset, sender, -shares FROM share_transfers
) AS movements
WHERE account <> '0x0000000000000000000000000000000000000000'
GROUP BY asset, account
HAVING sum(shares) <> 0;
COMMENT ON VIEW share_balances IS 'The shares that each account holds of each asset now, of 100,000,000';

CREATE VIEW credit_movements AS
SELECT block_number, log_index, account, currency, amount, 'deposit' AS reason FROM deposits
UNION ALL
SELECT block_number, log_index, account, currency, -amount, 'withdrawal' FROM withdrawals
UNION ALL
SELECT block_number, log_index, account, currency, amount, 'claim' FROM claims WHERE recipient IS NULL
UNION ALL
SELECT block_number, log_index, payer, currency, -amount, 'fee'
FROM fees WHERE source = (SELECT ledger FROM deployment)
UNION ALL
SELECT block_number, log_index, (SELECT commons_beneficiary FROM ledger_creations), currency, amount, 'commons'
FROM commons_sweeps;
COMMENT ON VIEW credit_movements IS 'Everything that raised or lowered an account''s credit, in base units';

CREATE VIEW credits AS
SELECT account, currency, sum(amount) AS amount
FROM credit_movements
GROUP BY account, currency
HAVING sum(amount) <> 0;
COMMENT ON VIEW credits IS 'The money that each account holds in credit now, in base units';

CREATE VIEW receipts AS
SELECT release, currency, count(*) AS fees, sum(amount) AS amount
FROM fees
GROUP BY release, currency;
COMMENT ON VIEW receipts IS 'The sum of the fees paid into each release, in base units, without what later releases passed on to it';
