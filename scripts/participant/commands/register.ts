import { encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { KINDS, ROLES } from "#protocol/kinds.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { type DraftOptions, readDraft, showPreview } from "../draft.ts";
import { describeDraft, listed } from "#client/acts/draft.ts";
import { publishedRelease } from "../events.ts";
import { readText } from "#node/files.ts";
import { parsePpm, percentText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import { printable } from "#protocol/printable.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

export interface RegisterOptions extends DraftOptions {
  metadata: string | undefined;
  name: string | undefined;
  organization: string | undefined;
  description: string | undefined;
  kind: string | undefined;
  owner: string | undefined;
  shares: string | undefined;
  keep: string;
}

/** Registers an asset with its first release. */
export const register: Command<RegisterOptions> = async (session, options) => {
  const account = await session.account();
  const { metadata, name, kind } = await describeAsset(options);
  const owner = options.owner === undefined ? account : session.address(options.owner, "--owner");
  const allocations = parseShares(session, options.shares ?? `${owner}:other:${TOTAL_SHARES}`);
  const keep = parsePpm(options.keep, "--keep");
  const draft = await readDraft(options);
  await showPreview(session, draft, { keep, asset: undefined });
  for (const { account: to, role, shares } of allocations) {
    session.say(`${to} gets ${percentText(Number(shares / 100n))} of the shares, for ${ROLES[role]}.`);
  }

  const asset = { kind: KINDS.indexOf(kind), keep, metadata, allocations };
  const data =
    draft.grants.length === 0
      ? encodeFunctionData({ abi: registryAbi, functionName: "register", args: [owner, asset, draft.release] })
      : encodeFunctionData({
          abi: registryAbi,
          functionName: "registerWithGrants",
          args: [owner, asset, draft.release, draft.grants],
        });
  const [mined] = await transact(session, [
    {
      does: `Register the ${kind} "${printable(name)}" for ${owner}, ${describeDraft(draft.release)}.`,
      to: session.deployment.registry,
      data,
    },
  ]);
  if (!mined) return;
  const id = publishedRelease(mined, session.deployment.registry);
  const inlet = session.deployment.periphery.inlets && (await session.inlets.read.inletOf([id]));
  session.say(`It is asset ${id}, and its first release is release ${id}.`);
  if (inlet) session.say(`Once that is final, money can be sent to its inlet, ${inlet}.`);
  return { asset: id, release: id, inlet };
};

type Kind = (typeof KINDS)[number];

/** The metadata as it will be emitted, from a file or from what is known by options. */
async function describeAsset(options: RegisterOptions): Promise<{ metadata: string; name: string; kind: Kind }> {
  const { name, organization, description } = options;
  if (options.metadata !== undefined) {
    if (name !== undefined || organization !== undefined || description !== undefined) {
      throw new UserError("The metadata's file says it all: leave out --name, --organization and --description.");
    }
    const metadata = await readText(options.metadata);
    const content = parseObject(metadata, options.metadata);
    const named = typeof content.name === "string" ? content.name : options.metadata;
    return { metadata, name: named, kind: kindOf(options.kind ?? content.kind) };
  }
  if (name === undefined) throw new UserError("Name the asset: --name, or --metadata with a JSON file that does.");
  const kind = kindOf(options.kind);
  const content = { name, kind, ...(organization && { organization }), ...(description && { description }) };
  return { metadata: JSON.stringify(content), name, kind };
}

function parseObject(text: string, file: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null && !Array.isArray(content)) {
      return content as Record<string, unknown>;
    }
  } catch {
    // Told below.
  }
  throw new UserError(`${file} holds no JSON object.`);
}

function kindOf(text: unknown): Kind {
  const kind = KINDS.find((each) => each === text);
  if (kind) return kind;
  throw new UserError(`Say what it is: --kind ${KINDS.join(", --kind ")}.`);
}

/** Shares as they are typed: account:role:shares, separated by commas. */
export function parseShares(session: Pick<Session, "address">, text: string) {
  const allocations = listed(text).map((each) => {
    const [account = "", role = "", shares = "", ...rest] = each.split(":");
    const roleIndex = ROLES.findIndex((known) => known === role);
    if (rest.length > 0 || !/^\d+$/.test(shares) || BigInt(shares) === 0n) {
      throw new UserError(`"${each}" are no shares. Write account:role:shares, such as 0x…:training:60000000.`);
    }
    if (roleIndex === -1) throw new UserError(`"${role}" is no role. There are ${ROLES.join(", ")}.`);
    return { account: session.address(account, "--shares"), role: roleIndex, shares: BigInt(shares) };
  });
  const sum = allocations.reduce((total, { shares }) => total + shares, 0n);
  if (sum !== TOTAL_SHARES) throw new UserError(`The shares add up to ${sum}. They must be exactly ${TOTAL_SHARES}.`);
  return allocations;
}
