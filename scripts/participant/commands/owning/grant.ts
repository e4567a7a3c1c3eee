import { cancelGrant } from "#client/acts/owning/cancelGrant.ts";
import { grant as planGrant, type Grantee, revoke as planRevoke } from "#client/acts/owning/grant.ts";
import { signGrant } from "#client/acts/owning/signGrant.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { parseAddress } from "#protocol/address.ts";
import { parseTime } from "#protocol/duration.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import { readGrantFile } from "../../readGrantFile.ts";
import { transact } from "../../transact.ts";

/** Grants the right to build on a release that is by grant: on chain until revoked, or signed for one use. */
export const grant: Command<OptionsOf<"grant">> = async (session, options) => {
  const { release, sign, file } = options;
  const account = await session.account();
  const grantee = parseGrantee(options);
  if (!sign) {
    await transact(session, await planGrant(session.chain, account, { release, grantee }));
    return { release, ...grantee, granted: true };
  }
  const seconds = parseTime(options.expires, "--expires");
  const plan = await signGrant(session.chain, account, { release, grantee, seconds, file });
  await transact(session, plan);
  session.print("The builder names this file with --grants, in the command register or publish.");
  const { deadline, nonce } = plan.grant;
  return { release, ...grantee, file: plan.file.name, deadline, nonce };
};

/** Revokes a grant that is recorded on chain, or cancels a signed grant that is not used yet. */
export const revoke: Command<OptionsOf<"revoke">> = async (session, options) => {
  const { release, signed: file } = options;
  const account = await session.account();
  if (file === undefined) {
    const grantee = parseGrantee(options);
    await transact(session, await planRevoke(session.chain, account, { release, grantee }));
    return { release, ...grantee, granted: false };
  }
  if (options.account !== undefined || options.asset !== undefined) {
    throw new UserError("The signed grant already names its account or asset. Leave out --account and --asset.");
  }
  const signed = await readGrantFile(session, file);
  const plan = await cancelGrant(session.chain, account, { release, signed });
  await transact(session, plan);
  return { release, cancelled: plan.digest };
};

function parseGrantee({ account, asset }: { account: string | undefined; asset: string | undefined }): Grantee {
  if (account !== undefined && asset === undefined) return { account: parseAddress(account, "--account") };
  if (asset !== undefined && account === undefined) return { asset: parseRelease(asset) };
  throw new UserError("A grant is for one account or one asset. Name it with either --account 0x… or --asset <id>.");
}
