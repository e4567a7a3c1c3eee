import type { Address } from "viem";
import { useConnection } from "wagmi";
import type { OnChain } from "./onChain.ts";

export type Wallet =
  | { state: "reconnecting" }
  | { state: "disconnected" }
  | { state: "wrongNetwork"; account: Address; chainId: number | undefined }
  | { state: "ready"; account: Address };

/** Returns the state of the wallet: its account and whether it is on the right network. */
export function useWallet(on: OnChain): Wallet {
  const { status, address, chainId } = useConnection({ config: on.config });
  if (status === "reconnecting") return { state: "reconnecting" };
  if (!address) return { state: "disconnected" };
  if (chainId !== on.deployment.chainId) return { state: "wrongNetwork", account: address, chainId };
  return { state: "ready", account: address };
}
