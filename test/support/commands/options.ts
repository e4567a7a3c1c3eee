import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import type { Answer } from "../participant.ts";

/** The release of the agent that `startParticipant` registers. */
export const AGENT = 3;

/** The options of `pay` with their defaults, for a fee in the dollar. */
export const fee = {
  release: AGENT,
  currency: "tUSD",
  way: undefined,
  reference: undefined,
  sign: undefined,
  expires: "1d",
};

/** Returns the error message of a command that failed before it sent anything. */
export function refusal({ error, thrown, transactions }: Answer & { thrown: unknown }): string {
  expect(thrown).to.be.instanceOf(UserError);
  expect(transactions).to.deep.equal([]);
  expect(error).not.to.equal(undefined);
  return error?.message ?? "";
}
