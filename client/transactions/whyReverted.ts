import type { Address, PublicClient } from "viem";
import { reasonOf } from "../errors/explain.ts";
import { Refusal } from "../errors/refusal.ts";
import type { Call } from "./cost.ts";

/** Returns why a call reverted in its block although its simulation succeeded: the state changed in between. */
export async function whyReverted(
  client: PublicClient,
  { from, to, data, value = 0n }: Call & { from: Address },
  blockNumber: bigint,
): Promise<Refusal> {
  const reason = await client
    .call({ account: from, to, data, value, blockNumber })
    .then(() => undefined)
    .catch(reasonOf);
  const message = reason?.message ?? "The chain's state changed between the simulation and the block. Try again.";
  return new Refusal(
    `The transaction is in a block, but the contract refused it. Only gas was spent. ${message}`,
    reason?.name,
    reason?.args,
  );
}
