import { useOnChain } from "../wallet/start.ts";

/** Finds the wallet that was connected before, and takes up what was under way. */
export function ReconnectWallet() {
  useOnChain();
  return null;
}
