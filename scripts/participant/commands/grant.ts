import { randomBytes } from "node:crypto";
import { type Address, bytesToBigInt, encodeFunctionData, type Hex, zeroAddress } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { grantTypes, registryDomain } from "#protocol/typedData.ts";
import type { Grant } from "#client/signing/grant.ts";
import { readGrantFile, writeGrantFile } from "../grantFile.ts";
import type { Command } from "../command.ts";
import { requireOwnerOfRelease } from "./publish.ts";
import type { Session } from "../session.ts";
import { parseTime } from "#protocol/duration.ts";
import { consent, type Step, transact } from "../transact.ts";
import { signTypedData } from "../typedData.ts";

interface Named {
  account: string | undefined;
  asset: string | undefined;
}

export interface GrantOptions extends Named {
  release: number;
  sign: boolean;
  expires: string;
  file: string | undefined;
}

/** Lets an account or an asset build on a release that is by grant: on chain until revoked, or signed for one use. */
export const grant: Command<GrantOptions> = async (session, options) => {
  const { release, sign } = options;
  await requireOwnerOfRelease(session, release);
  const { byGrant } = await session.ledger.read.releaseInfo([release]);
  if (!byGrant) throw new UserError(`Anyone may build on release ${release}. It needs no grant.`);
  const named = await readNamed(session, options);
  if (sign) return signGrant(session, options, named);
  await transact(session, [setGrant(session, release, named, true)]);
  return { release, ...named, granted: true };
};

export interface RevokeOptions extends Named {
  release: number;
  signed: string | undefined;
}

/** Takes a grant back: one on chain, or a signed one that was not used yet. */
export const revoke: Command<RevokeOptions> = async (session, options) => {
  const { release, signed } = options;
  await requireOwnerOfRelease(session, release);
  if (signed === undefined) {
    const named = await readNamed(session, options);
    await transact(session, [setGrant(session, release, named, false)]);
    return { release, ...named, granted: false };
  }
  if (options.account !== undefined || options.asset !== undefined) {
    throw new UserError("The signed grant's file says whose it is: leave out --account and --asset.");
  }
  const file = await readGrantFile(signed);
  if (file.grant.release !== release) {
    throw new UserError(`The grant in ${signed} is for release ${file.grant.release}, not for ${release}.`);
  }
  const digest = await session.registry.read.grantDigest([file.grant]);
  if (await session.registry.read.grantSpent([digest])) {
    throw new UserError(`The grant in ${signed} was used or cancelled already. There is nothing to take back.`);
  }
  await transact(session, [
    {
      does: `Cancel the signed grant in ${signed} for release ${release}, so that it can no longer be used.`,
      to: session.deployment.registry,
      data: encodeFunctionData({ abi: registryAbi, functionName: "cancelGrant", args: [file.grant] }),
    },
  ]);
  return { release, cancelled: digest };
};

interface Grantee {
  account: Address | undefined;
  asset: number | undefined;
}

async function readNamed(session: Session, { account, asset }: Named): Promise<Grantee> {
  if ((account === undefined) === (asset === undefined)) {
    throw new UserError("Say who may build on it: --account 0x… or --asset <id>.");
  }
  if (account !== undefined) return { account: session.address(account, "--account"), asset: undefined };
  const id = Number(asset);
  if (!Number.isSafeInteger(id) || (await session.ledger.read.assetOf([id])) !== id || id === 0) {
    throw new UserError(`There is no asset ${asset}. A grant for one that is yet to come would fall to anyone.`);
  }
  return { account: undefined, asset: id };
}

const words = ({ account, asset }: Grantee) => (account === undefined ? `releases of asset ${asset}` : account);

function setGrant(session: Session, release: number, grantee: Grantee, granted: boolean): Step {
  const { account, asset } = grantee;
  const who = words(grantee);
  return {
    does: granted
      ? `Let ${who} build on release ${release}, until revoked.`
      : `No longer let ${who} build on release ${release}.`,
    to: session.deployment.registry,
    data:
      account === undefined
        ? encodeFunctionData({
            abi: registryAbi,
            functionName: "setAssetGrant",
            args: [release, asset ?? 0, granted],
          })
        : encodeFunctionData({ abi: registryAbi, functionName: "setAccountGrant", args: [release, account, granted] }),
  };
}

async function signGrant(session: Session, { release, expires, file }: GrantOptions, grantee: Grantee) {
  const seconds = parseTime(expires, "--expires");
  const { timestamp } = await session.client.getBlock();
  const terms: Grant = {
    release,
    account: grantee.account ?? zeroAddress,
    asset: grantee.asset ?? 0,
    nonce: bytesToBigInt(randomBytes(8)),
    deadline: timestamp + BigInt(seconds),
  };
  const to = file ?? `grant-${release}-${terms.nonce}.json`;
  const until = new Date(Number(terms.deadline) * 1_000).toISOString();
  session.say(
    `Sign leave for ${words(grantee)} to build on release ${release} once, until ${until}, and write it to ${to}.`,
  );
  session.say("It costs nothing. Whoever has the file can use it only as what it names.");
  await consent(session, "Sign it?");
  const { registry } = session.deployment;
  const signature: Hex = await signTypedData(session, {
    domain: registryDomain(session.chainId, registry),
    types: grantTypes,
    primaryType: "Grant",
    message: { ...terms },
  });
  await writeGrantFile(to, { grant: terms, signature }, { chainId: session.chainId, registry });
  session.say(`Written to ${to}. The builder names it with --grants.`);
  return { release, ...grantee, file: to, deadline: terms.deadline, nonce: terms.nonce };
}
