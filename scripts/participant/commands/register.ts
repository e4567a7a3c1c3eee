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
import { readDraft, printAncestors } from "../readDraft.ts";
import { printInlet } from "../printInlet.ts";
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
  printAncestors(session, plan);
  const [mined] = await transact(session, plan);
  if (!mined) return;
  const id = publishedRelease(mined, session.deployment.registry);
  session.print(`Registered asset ${id}. Its first release is release ${id}.`);
  return { asset: id, release: id, inlet: await printInlet(session, id) };
};

/** Returns the metadata that will be recorded, from a file or from the options. */
async function describeAsset(options: OptionsOf<"register">): Promise<{ metadata: string; name: string; kind: Kind }> {
  const { name, organization, description } = options;
  if (options.metadata !== undefined) {
    if (name !== undefined || organization !== undefined || description !== undefined) {
      throw new UserError(
        "The metadata file replaces --name, --organization and --description. Leave those out, or leave out --metadata.",
      );
    }
    const metadata = await readText(options.metadata);
    const content = parseObject(metadata, options.metadata);
    const title = typeof content.name === "string" ? content.name : options.metadata;
    return { metadata, name: title, kind: parseKind(options.kind ?? content.kind) };
  }
  if (name === undefined) throw new UserError("The asset has no name. Give --name, or --metadata with a JSON file.");
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
    // Reported below.
  }
  throw new UserError(
    `${file} does not contain a JSON object. Write the metadata as one, such as {"name":"Summarizer"}.`,
  );
}

function parseKind(text: unknown): Kind {
  const kind = KINDS.find((each) => each === text);
  if (kind) return kind;
  throw new UserError(`The kind of the asset is missing or unknown. Give one of --kind ${KINDS.join(", --kind ")}.`);
}
