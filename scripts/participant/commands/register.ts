import { metadataText } from "#client/acts/building/metadata.ts";
import { register as planRegister } from "#client/acts/building/register.ts";
import { parseAllocations } from "#client/parsing/allocations.ts";
import { readText } from "#node/files.ts";
import { parseAddress } from "#protocol/address.ts";
import { type Kind, KINDS } from "#protocol/kinds.ts";
import { parsePpm } from "#protocol/money.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { publishedRelease } from "../events.ts";
import { readDraft, tellAncestors } from "../readDraft.ts";
import { tellInlet } from "../tellInlet.ts";
import { transact } from "../transact.ts";

/** Registers an asset with its first release. */
export const register: Command<OptionsOf<"register">> = async (session, options) => {
  const account = await session.account();
  const described = await describeAsset(options);
  const owner = options.owner === undefined ? account : parseAddress(options.owner, "--owner");
  const plan = await planRegister(session.chain, account, {
    ...described,
    owner,
    allocations: parseAllocations(options.shares ?? `${owner}:other:${TOTAL_SHARES}`, "--shares"),
    keep: parsePpm(options.keep, "--keep"),
    ...(await readDraft(session, options)),
  });
  tellAncestors(session, plan);
  const [mined] = await transact(session, plan);
  if (!mined) return;
  const id = publishedRelease(mined, session.deployment.registry);
  session.say(`It is asset ${id}, and its first release is release ${id}.`);
  return { asset: id, release: id, inlet: await tellInlet(session, id) };
};

/** Returns the metadata as they will be emitted, from a file or from what is known by options. */
async function describeAsset(options: OptionsOf<"register">): Promise<{ metadata: string; name: string; kind: Kind }> {
  const { name, organization, description } = options;
  if (options.metadata !== undefined) {
    if (name !== undefined || organization !== undefined || description !== undefined) {
      throw new UserError("The metadata's file says it all: leave out --name, --organization and --description.");
    }
    const metadata = await readText(options.metadata);
    const content = parseObject(metadata, options.metadata);
    const named = typeof content.name === "string" ? content.name : options.metadata;
    return { metadata, name: named, kind: parseKind(options.kind ?? content.kind) };
  }
  if (name === undefined) throw new UserError("Name the asset: --name, or --metadata with a JSON file that does.");
  const kind = parseKind(options.kind);
  return { metadata: metadataText({ name, kind, organization, description }), name, kind };
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

function parseKind(text: unknown): Kind {
  const kind = KINDS.find((each) => each === text);
  if (kind) return kind;
  throw new UserError(`Say what it is: --kind ${KINDS.join(", --kind ")}.`);
}
