import { useOnChain } from "../wallet/start.ts";

/** Reconnects the wallet that was connected before, and resumes unfinished jobs. */
export function ReconnectWallet() {
  useOnChain();
  return null;
}
