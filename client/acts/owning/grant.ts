import { type Address, encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { requireOwnerOfRelease } from "./requireOwner.ts";

/** The account, or the asset whose releases, may build on a release. */
export type Grantee = { account: Address; asset?: undefined } | { account?: undefined; asset: number };

export const granteeName = ({ account, asset }: Grantee): string => account ?? `releases of asset ${asset}`;

export interface GrantParameters {
  release: number;
  grantee: Grantee;
}

/**
 * Plans to let an account or an asset build on a release, until that is revoked.
 *
 * @throws {UserError} if the account does not own it, or the release needs no grants.
 */
export async function grant(chain: Chain, account: Address, given: GrantParameters): Promise<Plan> {
  await requireGrantable(chain, account, given);
  const title = `Let ${granteeName(given.grantee)} build on release ${given.release}`;
  return { title, steps: [{ does: `${title}, until revoked.`, ...setGrant(chain, given, true) }] };
}

/**
 * Plans to take back a grant that is recorded.
 *
 * @throws {UserError} if the account does not own the release.
 */
export async function revoke(chain: Chain, account: Address, given: GrantParameters): Promise<Plan> {
  await requireOwnerOfRelease(chain, account, given.release);
  await requireAsset(chain, given.grantee);
  const title = `No longer let ${granteeName(given.grantee)} build on release ${given.release}`;
  return { title, steps: [{ does: `${title}.`, ...setGrant(chain, given, false) }] };
}

/** @throws {UserError} if the account cannot grant this, or it need not. */
export async function requireGrantable(
  chain: Chain,
  account: Address,
  { release, grantee }: GrantParameters,
): Promise<void> {
  await requireOwnerOfRelease(chain, account, release);
  const { byGrant } = await chain.ledger.read.releaseInfo([release]);
  if (!byGrant) throw new UserError(`Anyone may build on release ${release}. It needs no grant.`);
  await requireAsset(chain, grantee);
}

async function requireAsset({ ledger }: Chain, { asset }: Grantee): Promise<void> {
  if (asset === undefined || (await ledger.read.assetOf([asset])) === asset) return;
  throw new UserError(`There is no asset ${asset}. A grant for one that is yet to come would fall to anyone.`);
}

function setGrant({ deployment }: Chain, { release, grantee }: GrantParameters, granted: boolean) {
  return {
    to: deployment.registry,
    data:
      grantee.account === undefined
        ? encodeFunctionData({
            abi: registryAbi,
            functionName: "setAssetGrant",
            args: [release, grantee.asset, granted],
          })
        : encodeFunctionData({
            abi: registryAbi,
            functionName: "setAccountGrant",
            args: [release, grantee.account, granted],
          }),
  };
}
