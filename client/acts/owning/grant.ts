import { type Address, encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { sentenceStart } from "../../names/nameTexts.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import { requireAsset, requireOwnerOfRelease } from "./requireOwner.ts";

/** The account or the asset that may build on a release. */
export type Grantee = { account: Address; asset?: undefined } | { account?: undefined; asset: number };

/** Returns the grantee in words. */
export const granteeName = ({ names }: Chain, { account, asset }: Grantee): string =>
  account ?? `releases of ${names.asset(asset)}`;

export interface GrantParameters {
  release: number;
  grantee: Grantee;
}

/**
 * Plans to grant an account or an asset the right to build on a release, until the grant is revoked.
 *
 * @throws {UserError} if the account does not own the release, or the release is open.
 */
export async function grant(chain: Chain, account: Address, given: GrantParameters): Promise<Plan> {
  const warnings = await checkGrant(chain, account, given);
  const title = `Let ${granteeName(chain, given.grantee)} build on ${chain.names.release(given.release)}`;
  return {
    title,
    warnings,
    steps: [{ does: `${title}, until you revoke the grant.`, ...setGrant(chain, given, true) }],
  };
}

/**
 * Plans to revoke a grant that is recorded on chain.
 *
 * @throws {UserError} if the account does not own the release.
 */
export async function revoke(chain: Chain, account: Address, given: GrantParameters): Promise<Plan> {
  await requireOwnerOfRelease(chain, account, given.release);
  if (given.grantee.asset !== undefined) await requireAsset(chain, given.grantee.asset);
  const title = `Revoke the grant for ${granteeName(chain, given.grantee)} to build on ${chain.names.release(given.release)}`;
  return { title, steps: [{ does: `${title}.`, ...setGrant(chain, given, false) }] };
}

/**
 * Checks a grant before it is given, and returns warnings of a grantee that may be passive.
 *
 * @throws {UserError} if the account cannot grant this, if no grant is needed, or if the grantee is a dead end.
 */
export async function checkGrant(
  chain: Chain,
  account: Address,
  { release, grantee }: GrantParameters,
): Promise<string[]> {
  await requireOwnerOfRelease(chain, account, release);
  const { byGrant } = await chain.ledger.read.releaseInfo([release]);
  if (!byGrant)
    throw new UserError(
      `${sentenceStart(chain.names.release(release))} is open: anyone may build on it. It needs no grant.`,
    );
  if (grantee.account === undefined) {
    const remedy = "A grant for an asset that does not exist yet would go to whoever registers it. Register it first.";
    await requireAsset(chain, grantee.asset, remedy);
    return [];
  }
  return checkRecipients(chain, account, [{ address: grantee.account, purpose: "grant" }]);
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
