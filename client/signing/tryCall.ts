import type { Address, Hex, PublicClient } from "viem";
import { revertDataOf } from "../errors/explain.ts";

export interface TryCallParameters {
  from?: Address;
  to: Address;
  data: Hex;
}

/** The outcome of a call: what it returned, or what it was refused with ("0x" for nothing). */
export interface CallOutcome {
  accepted: boolean;
  data: Hex;
}

/** Messages of nodes for code that stops without reverting, as that of old compilers does at an unknown function. */
const STOPPED = /invalid opcode|out of gas|bad jump|invalid jump|stack underflow/i;

/**
 * Simulates a call whose refusal is an answer, too.
 *
 * @throws the node's error if it did not carry out the call.
 */
export async function tryCall(client: PublicClient, { from, to, data }: TryCallParameters): Promise<CallOutcome> {
  try {
    const answer = await client.call({ ...(from && { account: from }), to, data });
    return { accepted: true, data: answer.data ?? "0x" };
  } catch (error) {
    const reason = revertDataOf(error);
    if (reason !== undefined) return { accepted: false, data: reason };
    if (STOPPED.test((error as Error).message)) return { accepted: false, data: "0x" };
    throw error;
  }
}
