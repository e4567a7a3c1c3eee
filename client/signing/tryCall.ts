import type { Address, Hex, PublicClient } from "viem";
import { revertDataOf } from "../errors/explain.ts";

export interface TryCallParameters {
  from?: Address;
  to: Address;
  data: Hex;
  /** Default: what the node allows. */
  gas?: bigint;
}

/** The outcome of a call: what it returned, or what it was refused with ("0x" for nothing). */
export interface CallOutcome {
  accepted: boolean;
  data: Hex;
}

/**
 * Simulates a call whose refusal is an answer, too.
 *
 * @throws the node's error if it did not carry out the call.
 */
export async function tryCall(client: PublicClient, { from, to, data, gas }: TryCallParameters): Promise<CallOutcome> {
  try {
    const answer = await client.call({ ...(from && { account: from }), to, data, ...(gas !== undefined && { gas }) });
    return { accepted: true, data: answer.data ?? "0x" };
  } catch (error) {
    const reason = revertDataOf(error);
    if (reason !== undefined) return { accepted: false, data: reason };
    throw error;
  }
}
