import { type Address, hashTypedData } from "viem";
import { grantTypes, registryDomain } from "#protocol/typedData.ts";
import type { Chain } from "../chain/chain.ts";
import type { Grant, SignedGrant } from "./grantFile.ts";
import type { TypedData } from "./typedData.ts";
import { signatureFault, SignatureRefusal, unwrapSignature, verifySignature } from "./verifySignature.ts";

/** Returns the message that the owner of a release's asset signs to grant something. */
export const grantMessage = ({ chainId, deployment }: Chain, grant: Grant): TypedData => ({
  domain: registryDomain(chainId, deployment.registry),
  types: grantTypes,
  primaryType: "Grant",
  message: { ...grant },
});

/**
 * Checks the signature of a grant as the registry does when the grant is used.
 *
 * @throws {SignatureRefusal} if the registry would refuse it. The message gives the true reason.
 */
export async function requireGrantSignature(
  chain: Chain,
  owner: Address,
  { grant, signature }: SignedGrant,
): Promise<void> {
  const hash = hashTypedData(grantMessage(chain, grant));
  if (await verifySignature(chain.client, { signer: owner, hash, signature })) return;
  throw new SignatureRefusal(
    `The registry would refuse the grant for release ${grant.release}. ${await signatureFault(chain.client, { signer: owner, hash, signature })}`,
    "GrantSignatureInvalid",
    { release: grant.release, owner },
  );
}

/**
 * Prepares signed grants for the registry: checks that each is signed by the present owner of its release's asset.
 *
 * @throws {SignatureRefusal} if the registry would refuse one.
 */
export function usableGrants(chain: Chain, grants: readonly SignedGrant[]): Promise<SignedGrant[]> {
  return Promise.all(
    grants.map(async ({ grant, signature: given }) => {
      const asset = await chain.ledger.read.assetOf([grant.release]);
      if (asset === 0) return { grant, signature: given }; // the registry names the release that does not exist
      const owner = await chain.registry.read.ownerOf([BigInt(asset)]);
      const signature = await unwrapSignature(chain.client, owner, given);
      await requireGrantSignature(chain, owner, { grant, signature });
      return { grant, signature };
    }),
  );
}
