import type { Address } from "viem";
import { useConnection } from "wagmi";
import type { OnChain } from "./onChain.ts";

export type Wallet =
  | { state: "looking" }
  | { state: "none" }
  | { state: "elsewhere"; account: Address; chainId: number | undefined }
  | { state: "ready"; account: Address };

/** Returns the wallet to sign with, if there is one, and its network. */
export function useWallet(on: OnChain): Wallet {
  const { status, address, chainId } = useConnection({ config: on.config });
  if (status === "reconnecting") return { state: "looking" };
  if (!address) return { state: "none" };
  if (chainId !== on.deployment.chainId) return { state: "elsewhere", account: address, chainId };
  return { state: "ready", account: address };
}
