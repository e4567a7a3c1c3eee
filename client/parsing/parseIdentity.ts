import { maxUint256 } from "viem";
import { UserError } from "#protocol/userError.ts";

/**
 * Parses the number of an ERC-8004 identity.
 *
 * @throws {UserError} if it is not one. The largest number has no place in the registry.
 */
export function parseIdentity(text: string): bigint {
  const digits = text.trim().replace(/^#/, "");
  if (/^\d{1,78}$/.test(digits) && BigInt(digits) < maxUint256) return BigInt(digits);
  throw new UserError(
    `"${text}" is not the number of an identity. Give the number that the identity registry gave the agent, such as 22.`,
  );
}
