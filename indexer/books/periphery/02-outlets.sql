CREATE TABLE @schema@.outlets (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  account text NOT NULL,
  outlet text NOT NULL
);
COMMENT ON TABLE @schema@.outlets IS 'Open outlets: addresses that hold shares for an account and pass on to it what they earn';
