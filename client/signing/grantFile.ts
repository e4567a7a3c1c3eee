import { type Address, type Hex, isAddressEqual } from "viem";
import { z } from "zod";
import { addressText, naturalText, signatureText } from "#protocol/schemas.ts";
import { UserError } from "#protocol/userError.ts";
import type { ChainAddresses } from "../chain/chain.ts";
import { messageToSign, type TypedData } from "./typedData.ts";

/** A grant to build once on a release that is by grant, in the form that the registry takes. */
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
  signature: signatureText,
});

/**
 * Returns the text of a signed grant's file.
 *
 * @param message The message to sign. It is written if there is no signature yet (0x).
 */
export function grantText(
  { grant, signature }: SignedGrant,
  { chainId, registry }: Pick<ChainAddresses, "chainId" | "registry">,
  message?: TypedData,
): string {
  const { nonce, deadline, ...rest } = grant;
  const terms = { ...rest, nonce: String(nonce), deadline: String(deadline) };
  return `${JSON.stringify({ chainId, registry, grant: terms, signature, ...messageToSign(signature, message) }, null, 2)}\n`;
}

/**
 * Parses the content of a signed grant's file.
 *
 * @throws {UserError} if the content is not a signed grant, or if the grant is for another deployment.
 */
export function parseGrant(
  content: unknown,
  file: string,
  deployment: Pick<ChainAddresses, "chainId" | "registry">,
): SignedGrant {
  const parsed = File.safeParse(content);
  if (!parsed.success)
    throw new UserError(
      `${file} does not contain a signed grant. Name the file that \`grant --sign\` wrote:\n${z.prettifyError(parsed.error)}`,
    );
  const { grant, signature, chainId, registry } = parsed.data;
  if (chainId !== deployment.chainId || !isAddressEqual(registry, deployment.registry)) {
    throw new UserError(
      `The grant in ${file} was signed for the registry ${registry} on chain ${chainId}, not for this deployment. Use --network and --deployment of that one, or ask for another file.`,
    );
  }
  return { grant, signature };
}
