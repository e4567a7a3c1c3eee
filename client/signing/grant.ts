import type { Address, Hex } from "viem";
import { z } from "zod";
import { UserError } from "#protocol/userError.ts";

/** Leave to build once on a release that is by grant, as the registry takes it. */
export interface Grant {
  release: number;
  account: Address;
  asset: number;
  nonce: bigint;
  deadline: bigint;
}

export interface SignedGrant {
  grant: Grant;
  signature: Hex;
}

const hex = (pattern: RegExp) =>
  z
    .string()
    .regex(pattern)
    .transform((text) => text as Hex);
const natural = z
  .string()
  .regex(/^\d+$/)
  .transform((text) => BigInt(text));

const File = z.object({
  chainId: z.int(),
  registry: hex(/^0x[0-9a-fA-F]{40}$/),
  grant: z.object({
    release: z.int().positive(),
    account: hex(/^0x[0-9a-fA-F]{40}$/),
    asset: z.int().min(0),
    nonce: natural,
    deadline: natural,
  }),
  signature: hex(/^0x[0-9a-fA-F]*$/),
});

/** The text of a file that holds a signed grant. */
export function grantText({ grant, signature }: SignedGrant, domain: { chainId: number; registry: Address }): string {
  const { nonce, deadline, ...rest } = grant;
  const content = { ...domain, grant: { ...rest, nonce: String(nonce), deadline: String(deadline) }, signature };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * The signed grant that a file holds.
 *
 * @throws {UserError} if it holds something else.
 */
export function parseGrant(content: unknown, file: string): SignedGrant & { chainId: number; registry: Address } {
  const parsed = File.safeParse(content);
  if (!parsed.success) throw new UserError(`${file} holds no signed grant:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
