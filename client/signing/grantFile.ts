import { type Address, type Hex, isAddressEqual } from "viem";
import { z } from "zod";
import { addressText, hexText, naturalText } from "#protocol/schemas.ts";
import { UserError } from "#protocol/userError.ts";
import type { ChainAddresses } from "../chain/chain.ts";

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

/** Returns the text of a file that holds a signed grant. */
export function grantText(
  { grant, signature }: SignedGrant,
  { chainId, registry }: Pick<ChainAddresses, "chainId" | "registry">,
): string {
  const { nonce, deadline, ...rest } = grant;
  const terms = { ...rest, nonce: String(nonce), deadline: String(deadline) };
  return `${JSON.stringify({ chainId, registry, grant: terms, signature }, null, 2)}\n`;
}

/**
 * Reads the signed grant that a file holds.
 *
 * @throws {UserError} if it holds something else, or a grant of another deployment.
 */
export function parseGrant(
  content: unknown,
  file: string,
  deployment: Pick<ChainAddresses, "chainId" | "registry">,
): SignedGrant {
  const parsed = File.safeParse(content);
  if (!parsed.success) throw new UserError(`${file} holds no signed grant:\n${z.prettifyError(parsed.error)}`);
  const { grant, signature, chainId, registry } = parsed.data;
  if (chainId !== deployment.chainId || !isAddressEqual(registry, deployment.registry)) {
    throw new UserError(`The grant in ${file} was signed for ${registry} on chain ${chainId}, not for this one.`);
  }
  return { grant, signature };
}
