import type { Address, PublicClient } from "viem";
import { reasonOf } from "../errors/explain.ts";
import { Refused } from "../errors/refused.ts";
import type { Call } from "./cost.ts";

/** Finds out why a call reverted in its block although it did not when it was tried: somebody else was quicker. */
export async function whyReverted(
  client: PublicClient,
  { from, to, data, value = 0n }: Call & { from: Address },
  blockNumber: bigint,
): Promise<Refused> {
  const reason = await client
    .call({ account: from, to, data, value, blockNumber })
    .then(() => undefined)
    .catch(reasonOf);
  const says = reason?.says ?? "Something changed between the trial and the block. Try again.";
  return new Refused(`It was mined, but refused; only the gas was spent. ${says}`, reason?.name, reason?.args);
}
