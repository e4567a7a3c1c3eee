import type { Address } from "viem";
import { grantText, parseGrant, type SignedGrant } from "#client/signing/grant.ts";
import { readJson, writeNew } from "#node/files.ts";

/** @throws {UserError} if the file is not there or holds something else. */
export async function readGrantFile(file: string): Promise<SignedGrant> {
  const { grant, signature } = parseGrant(await readJson(file), file);
  return { grant, signature };
}

export const writeGrantFile = (
  file: string,
  signed: SignedGrant,
  domain: { chainId: number; registry: Address },
): Promise<void> => writeNew(file, grantText(signed, domain));
