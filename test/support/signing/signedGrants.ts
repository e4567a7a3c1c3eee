import { type BytesLike, MaxUint256, type Signer, TypedDataEncoder, ZeroAddress } from "ethers";
import type { Tributary } from "../../../scripts/deploy/deployTributary.ts";
import { grantTypes } from "#protocol/typedData.ts";
import { Kind, releaseDraft, type ReleaseOptions, Role, TOTAL_SHARES } from "../economy/assets.ts";

export interface Grant {
  release: bigint;
  account: string;
  asset: bigint;
  nonce: bigint;
  deadline: bigint;
}

export interface SignedGrant {
  grant: Grant;
  signature: BytesLike;
}

const GRANT = { Grant: [...grantTypes.Grant] };

/** Returns a grant with the given fields. Defaults: no account, no asset, never expires. */
export const grantFor = (release: bigint, fields: Partial<Grant> = {}): Grant => ({
  release,
  account: ZeroAddress,
  asset: 0n,
  nonce: 0n,
  deadline: MaxUint256,
  ...fields,
});

const CHAIN_ID = 31_337n;

const domainFor = (registry: string) => ({
  name: "Tributary",
  version: "1",
  chainId: CHAIN_ID,
  verifyingContract: registry,
});

/** Returns a grant's EIP-712 digest, computed by ethers. */
export const digestOf = async ({ registry }: Tributary, grant: Grant) =>
  TypedDataEncoder.hash(domainFor(await registry.getAddress()), GRANT, grant);

/** Signs a grant. Default domain: this registry on this chain. */
export async function signGrant(
  { registry }: Tributary,
  signer: Signer,
  grant: Grant,
  domain: Partial<ReturnType<typeof domainFor>> = {},
): Promise<SignedGrant> {
  const signedFor = { ...domainFor(await registry.getAddress()), ...domain };
  return { grant, signature: await signer.signTypedData(signedFor, GRANT, grant) };
}

/** Registers a dataset of the signer with signed grants and returns its id. */
export async function registerWithGrants(
  { registry, ledger }: Tributary,
  signer: Signer,
  grants: SignedGrant[],
  options: ReleaseOptions & { owner?: Signer } = {},
) {
  const owner = await (options.owner ?? signer).getAddress();
  const asset = {
    kind: Kind.Dataset,
    keep: 0,
    metadata: "{}",
    allocations: [{ account: owner, role: Role.Other, shares: TOTAL_SHARES }],
  };
  await registry.connect(signer).registerWithGrants(owner, asset, releaseDraft(options), grants);
  return ledger.releaseCount();
}

/** Publishes a release of an asset with signed grants and returns its id. */
export async function publishWithGrants(
  { registry, ledger }: Tributary,
  signer: Signer,
  asset: bigint,
  grants: SignedGrant[],
  options: ReleaseOptions = {},
) {
  await registry.connect(signer).publishWithGrants(asset, releaseDraft(options), grants);
  return ledger.releaseCount();
}
