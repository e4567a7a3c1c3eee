import { countText } from "#client/acts/collecting/countText.ts";
import { percentText } from "#protocol/money.ts";
import { printable } from "#protocol/texts/printable.ts";
import { KINDS } from "#protocol/kinds.ts";
import type { ImportWork } from "./importWork.ts";
import type { MatchedNames, NameTarget, Twins, UndecidedName } from "./matchNames.ts";
import type { OwnerOf } from "./owners.ts";
import { at, type ImportPlan } from "./planImport.ts";
import type { ImportEstimate } from "./estimateImport.ts";

export interface DescribeImportParameters {
  plan: ImportPlan;
  names: MatchedNames;
  work: ImportWork;
  ownerOf: OwnerOf;
  custodian: string | undefined;
}

/** A placeholder, with the part that it takes of the releases that name it. */
export interface PlannedPlaceholder {
  name: string;
  kind: string;
  owner: string;
  /** True if `owner` is the custodian. */
  ofCustodian: boolean;
  takesFrom: { name: string; weightPpm: number }[];
}

/** The facts of an import that a person decides about, before anything is sent. */
export interface ImportSummary {
  assets: Record<(typeof KINDS)[number], number>;
  releases: number;
  /** Assets with a second release, because a dependency is newer or part of a cycle. */
  secondReleases: string[];
  /** Releases that this account registered before. */
  alreadyRegistered: number;
  placeholders: PlannedPlaceholder[];
  matched: { name: string; as: string; asset?: number; release?: number }[];
  leftOut: { name: string; namedBy: readonly string[] }[];
  undecided: { name: string; namedBy: readonly string[]; near: string[] }[];
  twins: string[];
}

export function summarizeImport({ plan, names, work, ownerOf, custodian }: DescribeImportParameters): ImportSummary {
  const firsts = plan.filter(({ first, asset }) => first && !asset.existing);
  const placeholders = new Map<string, PlannedPlaceholder>();
  for (const { asset } of firsts) {
    if (!asset.placeholder) continue;
    const { owner } = ownerOf(asset);
    const ofCustodian = owner.toLowerCase() === custodian?.toLowerCase();
    placeholders.set(asset.name, { name: asset.name, kind: asset.kind, owner, ofCustodian, takesFrom: [] });
  }
  for (const { asset, contributions } of plan) {
    for (const { entry, weightPpm } of contributions) {
      const { takesFrom } = placeholders.get(at(plan, entry).asset.name) ?? {};
      if (takesFrom?.at(-1)?.name !== asset.name) takesFrom?.push({ name: asset.name, weightPpm });
    }
  }
  const countOf = (kind: string) => firsts.filter(({ asset }) => asset.kind === kind).length;
  return {
    assets: { dataset: countOf("dataset"), model: countOf("model"), agent: countOf("agent") },
    releases: plan.filter(({ asset }) => !asset.existing).length,
    secondReleases: plan.filter(({ first }) => !first).map(({ asset }) => asset.name),
    alreadyRegistered: plan.filter(({ asset }, i) => !asset.existing && work.releases[i] !== undefined).length,
    placeholders: [...placeholders.values()].sort((a, b) => b.takesFrom.length - a.takesFrom.length),
    matched: names.matched.map(({ name, target }) => {
      const release = names.resolution.existing.get(names.resolution.follow(name) ?? name)?.release;
      const id = "asset" in target ? { asset: target.asset.id, ...(release !== undefined && { release }) } : {};
      return { name, as: targetText(target), ...id };
    }),
    leftOut: [...names.leftOut],
    undecided: names.undecided.map(({ name, namedBy, near }) => ({ name, namedBy, near: near.map(nearText) })),
    twins: names.twins.map(twinText),
  };
}

const MOST_LINES = 100;
const quoted = (name: string) => `"${printable(name)}"`;

/** Describes a summary in lines for people. */
export function describeImport(
  summary: ImportSummary,
  { transactions, empty, batchGas, gas }: Pick<ImportEstimate, "transactions" | "empty" | "batchGas" | "gas">,
): { lines: string[]; warnings: string[] } {
  const { assets, placeholders, secondReleases, matched, leftOut, twins } = summary;
  const total = KINDS.reduce((sum, kind) => sum + assets[kind], 0);
  const kinds = KINDS.map((kind) => countText(assets[kind], kind)).join(", ");
  const lines = [`${countText(total, "asset")}: ${kinds}. ${countText(summary.releases, "release")}.`];
  if (summary.alreadyRegistered > 0) {
    lines.push(`This account has registered ${countText(summary.alreadyRegistered, "release")} of them before.`);
  }
  if (secondReleases.length > 0) {
    lines.push(
      `Cut by a second release, because a dependency is newer or part of a cycle: ${listText(secondReleases)}.`,
    );
  }
  if (matched.length > 0) {
    lines.push("Names that stand for something else:");
    lines.push(...shortened(matched.map(({ name, as }) => `  ${quoted(name)} is ${as}`)));
  }
  if (leftOut.length > 0) {
    lines.push("Left out:");
    lines.push(...shortened(leftOut.map(({ name, namedBy }) => `  ${quoted(name)}, named by ${listText(namedBy)}`)));
  }
  const warnings: string[] = [];
  if (placeholders.length > 0) {
    lines.push(`Placeholders, registered for ${countText(placeholders.length, "name")} without an entry:`);
    lines.push(...shortened(placeholders.map(placeholderText)));
    warnings.push("What a placeholder takes can never be changed. It earns for its owner, who may not be its maker.");
  }
  warnings.push(...shortened(twins.map((twin) => `${twin}. Both will be assets, and neither can be taken back.`)));
  lines.push(`${countText(transactions, "transaction")} of up to ${batchGas} gas each, about ${gas} gas together.`);
  if (empty > 0) {
    lines.push(
      `  The first ${empty} are empty: they use up nonces, so that nothing that an interrupted import has sent can still be mined beside this one.`,
    );
  }
  return { lines, warnings };
}

function placeholderText({ name, kind, owner, ofCustodian, takesFrom }: PlannedPlaceholder): string {
  const weights = takesFrom.map(({ weightPpm }) => weightPpm);
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  const part = least === most ? percentText(most) : `${percentText(least)} to ${percentText(most)}`;
  const takes = `takes ${part} of every fee paid to ${listText(takesFrom.map((each) => each.name))} for ever`;
  return `  ${quoted(name)} (${kind}) ${takes}, and belongs to ${ofCustodian ? "the custodian" : owner}`;
}

/** Describes a dependency that must be decided, with what it may stand for. */
export function undecidedText({ name, namedBy, near, more, incomplete }: UndecidedName): string[] {
  return [
    `${quoted(name)}, named by ${listText(namedBy)}, has no entry. Like it:`,
    ...near.map((each, i) => `  ${i + 1}. ${nearText(each)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(incomplete ? ["  The ledger has more names like it than were compared. Search it before you decide."] : []),
  ];
}

const nearText = ({ value, difference }: UndecidedName["near"][number]) =>
  `${targetText(value)} (${difference === "none" ? "the same name" : `differs in ${difference}`})`;

function targetText(target: NameTarget): string {
  if ("name" in target) return `${quoted(target.name)} of this lineage`;
  const { id, name, kind, owner } = target.asset;
  return `asset ${id} on the ledger, the ${kind} ${quoted(name ?? "")} of ${owner}`;
}

const twinText = ({ name, target, difference }: Twins) =>
  `${quoted(name)} has the name of ${targetText(target)}${difference === "none" ? "" : `, but for the ${difference}`}`;

const MOST_NAMES = 5;

function listText(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(quoted).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function shortened(lines: readonly string[]): string[] {
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `  and ${more} more; --json lists all`] : [...lines];
}
