import type { Hex } from "viem";

// Prague. Sources: EIP-2929 (cold access), EIP-2200 and EIP-3529 (storage), EIP-2028 (calldata), the yellow paper
// (logs).
export const TRANSACTION = 21_000;
export const COLD_ACCOUNT = 2_600;
export const COLD_READ = 2_100;
export const WARM_ACCESS = 100;
/** The extra cost, beyond the first access, of changing a slot that was not zero and does not become zero. */
export const CHANGE = 2_900;
/** The extra cost, beyond the first access, of filling a slot that was zero. */
export const CREATE = 20_000;
export const LOG = 375;
export const TOPIC = 375;
export const LOG_BYTE = 8;
const ZERO_BYTE = 4;
const OTHER_BYTE = 16;

/** Returns the gas of a transaction's calldata. */
export function calldataGas(data: Hex): number {
  let gas = 0;
  for (const byte of Buffer.from(data.slice(2), "hex")) gas += byte === 0 ? ZERO_BYTE : OTHER_BYTE;
  return gas;
}
