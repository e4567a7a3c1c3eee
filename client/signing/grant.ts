import type { Address, Hex } from "viem";
import { z } from "zod";
import { addressText, hexText, naturalText } from "#protocol/schemas.ts";
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

const File = z.object({
  chainId: z.int(),
  registry: addressText,
  grant: z.object({
    release: z.int().positive(),
    account: addressText,
    asset: z.int().min(0),
    nonce: naturalText,
    deadline: naturalText,
  }),
  signature: hexText(),
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
