import { decodeFunctionResult, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import type { Chain } from "../chain/chain.ts";
import { orRefusal } from "../errors/refusal.ts";
import { inBatches } from "../settlement/readGraph.ts";

const functionName = "assetOf";

/** Reads the assets of releases from the ledger, many in one request. Leaves out releases that do not exist. */
export async function readAssetsOf(
  { client, deployment }: Chain,
  releases: readonly number[],
): Promise<Map<number, number>> {
  const calls = releases.map((release) => encodeFunctionData({ abi: ledgerAbi, functionName, args: [release] }));
  const answers = await inBatches(calls, async (batch) => {
    const call = { address: deployment.ledger, abi: ledgerAbi, functionName: "multicall", args: [batch] } as const;
    return (await orRefusal(client.simulateContract(call))).result;
  });
  return new Map(
    releases.flatMap((release, i) => {
      const asset = decodeFunctionResult({ abi: ledgerAbi, functionName, data: answers[i] ?? "0x" });
      return asset === 0 ? [] : [[release, asset] as const];
    }),
  );
}
