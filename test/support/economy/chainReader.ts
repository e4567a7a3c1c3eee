import { type Address, createPublicClient, http } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";

/** Reads the contracts' state, by batched calls. */
export function chainReader(url: string, ledger: Address) {
  const client = createPublicClient({ transport: http(url, { batch: { batchSize: 200 } }) });
  const at = { address: ledger, abi: ledgerAbi } as const;
  const amounts = (pair: readonly [bigint, bigint]) => pair.map(String).join();
  return {
    flow: async (release: number, currency: Address) =>
      amounts(await client.readContract({ ...at, functionName: "flowOf", args: [release, currency] })),
    income: async (asset: number, currency: Address) =>
      amounts(await client.readContract({ ...at, functionName: "incomeOf", args: [asset, currency] })),
    holding: async (account: Address, asset: number, currency: Address) =>
      amounts(await client.readContract({ ...at, functionName: "holdingOf", args: [account, asset, currency] })),
    shares: (account: Address, asset: number) =>
      client.readContract({ ...at, functionName: "balanceOf", args: [account, BigInt(asset)] }),
    claimable: (account: Address, assets: number[], currency: Address) =>
      client.readContract({ ...at, functionName: "claimable", args: [account, assets, currency] }),
    credit: (account: Address, currency: Address) =>
      client.readContract({ ...at, functionName: "creditOf", args: [account, currency] }),
    release: (release: number) => client.readContract({ ...at, functionName: "releaseInfo", args: [release] }),
  };
}

export type ChainReader = ReturnType<typeof chainReader>;
