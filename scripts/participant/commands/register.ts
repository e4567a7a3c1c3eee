import { metadataText } from "#client/acts/building/metadata.ts";
import { countText } from "#client/acts/collecting/countText.ts";
import { namedParents } from "#client/names/namedParents.ts";
import { splitList } from "#client/parsing/splitList.ts";
import { declaredNames } from "#protocol/texts/declaredNames.ts";
import { printable } from "#protocol/texts/printable.ts";
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
  const draft = await readDraft(session, options);
  const parents = decideParents(described.parents, draft.release.contributions.length, options.leaveOut);
  const plan = await planRegister(session.chain, account, {
    ...described,
    owner,
    allocations: parseAllocations(options.shares ?? `${owner}:other:${TOTAL_SHARES}`, "--shares"),
    keep: parsePpm(options.keep, "--keep"),
    ...draft,
  });
  plan.warnings = [...(plan.warnings ?? []), ...parents];
  await printAncestors(session, plan);
  const [mined] = await transact(session, plan);
  if (!mined) return;
  const id = publishedRelease(mined, session.deployment.registry);
  session.chain.names.addAsset(id, declaredNames(described.metadata));
  session.print(`Registered ${session.chain.names.asset(id)}. Its first release is release ${id}.`);
  return { asset: id, release: id, inlet: await printInlet(session, id) };
};

interface Described {
  metadata: string;
  name: string;
  kind: Kind;
  /** Names in the metadata of what the asset was built from. */
  parents: string[];
}

/** Returns the metadata that will be recorded, from a file or from the options. */
async function describeAsset(options: OptionsOf<"register">): Promise<Described> {
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
    const kind = parseKind(options.kind ?? content.kind);
    return { metadata, name: title, kind, parents: namedParents(content) };
  }
  if (name === undefined || name.trim() === "")
    throw new UserError("The asset has no name. Give --name, or --metadata with a JSON file.");
  const kind = parseKind(options.kind);
  return { metadata: metadataText({ name, kind, organization, description }), name, kind, parents: [] };
}

/**
 * Returns warnings about the names in the metadata of what the asset was built from. A release that lacks one can never get it.
 *
 * @throws {UserError} if there are fewer contributions than names that are not left out.
 */
function decideParents(names: readonly string[], contributions: number, leaveOut: string | undefined): string[] {
  const leftOut = names.includes(leaveOut ?? "") ? [leaveOut ?? ""] : splitList(leaveOut ?? "");
  const unknown = leftOut.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      `--leave-out names "${printable(unknown)}", but the metadata names ${names.length > 0 ? listText(names) : "nothing that it was built from"}. Write the names exactly as they are there.`,
    );
  }
  const named = names.filter((name) => !leftOut.includes(name));
  if (contributions < named.length) {
    throw new UserError(
      `The metadata says that the asset was built from ${listText(named)}, but --built-from names ${countText(contributions, "release")}. A release can never get a contribution later. Name a release for each in --built-from, such as 12:30%, or leave it out with --leave-out "${printable(named[0] ?? "")}".`,
    );
  }
  return [
    ...(named.length > 0
      ? [
          `The metadata says that the asset was built from ${listText(named)}. Check that --built-from has a release of each.`,
        ]
      : []),
    ...(leftOut.length > 0 ? [`Left out, although the metadata names it: ${listText(leftOut)}.`] : []),
  ];
}

const listText = (names: readonly string[]) => names.map((name) => `"${printable(name)}"`).join(", ");

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
    `${file} does not contain a JSON object. Write the metadata as one, such as {"name":"Summarizer"}. A model card is read by the explorer's form: Assets, Register an asset.`,
  );
}

function parseKind(text: unknown): Kind {
  const kind = KINDS.find((each) => each === text);
  if (kind) return kind;
  throw new UserError(`The kind of the asset is missing or unknown. Give one of --kind ${KINDS.join(", --kind ")}.`);
}
