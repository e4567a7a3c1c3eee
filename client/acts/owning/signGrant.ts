import { type Address, zeroAddress } from "viem";
import { timeText } from "#protocol/duration.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { expiry } from "../../signing/expiry.ts";
import { grantMessage, requireGrantSignature } from "../../signing/grantSignature.ts";
import { type Grant, grantText } from "../../signing/grantFile.ts";
import { randomNonce } from "../../signing/randomNonce.ts";
import { checkGrant, type GrantParameters, granteeName } from "./grant.ts";

export interface SignGrantParameters extends GrantParameters {
  /** The time after which it expires. */
  seconds: number;
  /** Name of the file to write it to. Default: grant-<release>-<nonce>.json. */
  file?: string | undefined;
}

export interface SignGrantPlan extends Plan {
  grant: Grant;
  file: NonNullable<Plan["file"]>;
}

/**
 * Plans to sign a grant for one use. Signing costs nothing.
 *
 * @throws {UserError} if the account does not own the release, or the release is open.
 */
export async function signGrant(
  chain: Chain,
  account: Address,
  { release, grantee, seconds, file }: SignGrantParameters,
): Promise<SignGrantPlan> {
  const warnings = await checkGrant(chain, account, { release, grantee });
  const grant: Grant = {
    release,
    account: grantee.account ?? zeroAddress,
    asset: grantee.asset ?? 0,
    nonce: randomNonce(8),
    deadline: await expiry(chain, seconds),
  };
  const name = file ?? `grant-${release}-${grant.nonce}.json`;
  const title = `Sign a grant, for one use, that lets ${granteeName(chain, grantee)} build on ${chain.names.release(release)}`;
  const message = grantMessage(chain, grant);
  return {
    title,
    steps: [
      {
        does: `${title}. It expires at ${timeText(grant.deadline)}.`,
        message,
        check: (signature) => requireGrantSignature(chain, account, { grant, signature }),
      },
    ],
    notes: [
      `The grant is written to ${name}. Send this file to ${grantee.account ?? `the owner of ${chain.names.asset(grantee.asset)}`}, who names it when publishing. Nobody but the named account or asset can use it.`,
    ],
    warnings,
    file: { name, text: (signature) => grantText({ grant, signature }, chain.deployment, message) },
    grant,
  };
}
