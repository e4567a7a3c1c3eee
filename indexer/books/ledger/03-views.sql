CREATE VIEW @schema@.asset_owners AS
SELECT DISTINCT ON (asset) asset, recipient AS owner
FROM @schema@.asset_transfers
ORDER BY asset, block_number DESC, log_index DESC;
COMMENT ON VIEW @schema@.asset_owners IS 'The owner of each asset now';

CREATE VIEW @schema@.share_balances AS
SELECT asset, account, sum(shares) AS shares
FROM (
  SELECT asset, recipient AS account, shares FROM @schema@.share_transfers
  UNION ALL
  SELECT asset, sender, -shares FROM @schema@.share_transfers
) AS movements
WHERE account <> '0x0000000000000000000000000000000000000000'
GROUP BY asset, account
HAVING sum(shares) <> 0;
COMMENT ON VIEW @schema@.share_balances IS 'The shares that each account holds of each asset now, of 100,000,000';

CREATE VIEW @schema@.credit_movements AS
SELECT block_number, log_index, account, currency, amount, 'deposit' AS reason FROM @schema@.deposits
UNION ALL
SELECT block_number, log_index, account, currency, -amount, 'withdrawal' FROM @schema@.withdrawals
UNION ALL
SELECT block_number, log_index, account, currency, amount, 'claim' FROM @schema@.claims WHERE recipient IS NULL
UNION ALL
SELECT block_number, log_index, payer, currency, -amount, 'fee'
FROM @schema@.fees WHERE source = (SELECT ledger FROM @schema@.deployment)
UNION ALL
SELECT block_number, log_index, (SELECT commons_beneficiary FROM @schema@.ledger_creations), currency, amount, 'commons'
FROM @schema@.commons_sweeps;
COMMENT ON VIEW @schema@.credit_movements IS 'Everything that raised or lowered an account''s credit, in base units';

CREATE VIEW @schema@.credits AS
SELECT account, currency, sum(amount) AS amount
FROM @schema@.credit_movements
GROUP BY account, currency
HAVING sum(amount) <> 0;
COMMENT ON VIEW @schema@.credits IS 'The money that each account holds in credit now, in base units';

CREATE VIEW @schema@.receipts AS
SELECT release, currency, count(*) AS fees, sum(amount) AS amount
FROM @schema@.fees
GROUP BY release, currency;
COMMENT ON VIEW @schema@.receipts IS 'The sum of the fees paid into each release, in base units, without what later releases passed on to it';
