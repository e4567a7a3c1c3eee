/** Returns an amount of a dollar with 6 decimals in the form of the API, from base units. */
export const usd = (amount: bigint | number) => ({
  amount: String(amount),
  currency: { address: `0x${"ab".repeat(20)}`, symbol: "tUSD", decimals: 6 },
});
