import type { NetworkCurrency } from "#protocol/networks/networks.ts";

// Predeployed on every chain of the OP stack. Source: https://specs.optimism.io/protocol/predeploys.html
export const OP_STACK_WRAPPED_NATIVE: NetworkCurrency = {
  address: "0x4200000000000000000000000000000000000006",
  symbol: "WETH",
  decimals: 18,
};
