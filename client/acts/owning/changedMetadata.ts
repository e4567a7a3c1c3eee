import type { Kind } from "#protocol/kinds.ts";
import { printable } from "#protocol/texts/printable.ts";
import { truncate } from "#protocol/texts/truncate.ts";
import { UserError } from "#protocol/userError.ts";

/** New values of fields of an asset's metadata. An undefined field stays as it is; an empty text removes it. */
export interface MetadataChanges {
  name?: string | undefined;
  organization?: string | undefined;
  description?: string | undefined;
}

/** Parses metadata. Returns undefined if it is not a JSON object: anything may be recorded. */
export function parseMetadata(text: string): Record<string, unknown> | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) return undefined;
  return content as Record<string, unknown>;
}

/**
 * Returns metadata with other values in some fields. All other fields keep their text, character by character: to parse and
 * to write them again could change large numbers.
 *
 * @param kind The kind of the asset, for metadata that is not a JSON object and is replaced as a whole.
 * @throws {UserError} if the asset would have no name.
 */
export function changedMetadata(before: string, changes: MetadataChanges, kind: Kind): string {
  let text = parseMetadata(before) === undefined ? JSON.stringify({ kind }) : before;
  for (const [field, given] of Object.entries(changes)) {
    const value = given?.trim();
    if (value === undefined || parseMetadata(text)?.[field] === value) continue;
    text = value === "" ? withoutMember(text, field) : withMember(text, field, value);
  }
  const name = parseMetadata(text)?.name;
  if (typeof name === "string" && name.trim() !== "") return text;
  throw new UserError("The asset would have no name. Give it one.");
}

/** A member of a JSON object: the positions of its key and of the end of its value in the text. */
interface Member {
  key: string;
  start: number;
  valueStart: number;
  end: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Finds the members of a JSON object in its text, which is valid. */
function membersOf(text: string): Member[] {
  const members: Member[] = [];
  let depth = 0;
  let member: Member | undefined;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isEnd = token === "}" || token === "]";
    if (isEnd) depth--;
    if (depth === 1 && token === ",") member = undefined;
    else if (depth === 1 && !member) {
      member = { key: JSON.parse(token) as string, start: index, valueStart: 0, end: 0 };
      members.push(member);
    } else if (depth >= 1 && member && !(depth === 1 && token === ":" && member.valueStart === 0)) {
      member.valueStart ||= index;
      member.end = index + token.length;
    }
    if (token === "{" || token === "[") depth++;
  }
  return members;
}

function withMember(text: string, key: string, value: string): string {
  const members = membersOf(text);
  // If several members have one name, the last one counts.
  const present = members.findLast((each) => each.key === key);
  if (present) return `${text.slice(0, present.valueStart)}${JSON.stringify(value)}${text.slice(present.end)}`;
  const [first] = members;
  const last = members.at(-1);
  const added = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
  if (!first || !last) return `{${added}}`;
  const gap = text.slice(text.indexOf("{") + 1, first.start);
  return `${text.slice(0, last.end)},${gap}${added}${text.slice(last.end)}`;
}

function withoutMember(text: string, key: string): string {
  const members = membersOf(text);
  const at = members.findLastIndex((each) => each.key === key);
  const found = members[at];
  if (!found) return text;
  const next = members[at + 1];
  const previous = members[at - 1];
  const rest = next
    ? text.slice(0, found.start) + text.slice(next.start)
    : text.slice(0, previous?.end ?? found.start) + text.slice(found.end);
  return withoutMember(rest, key);
}

/** The most characters of a value that a difference shows. */
const MOST_SHOWN = 300;

/** Describes the differences between two versions of metadata, one sentence for each field. */
export function metadataDifferences(before: string, after: string): string[] {
  const [old, next] = [parseMetadata(before), parseMetadata(after)];
  if (!old || !next) return [`The whole text is replaced. Before: ${shown(before)}`];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  const lines = fields.flatMap((field) => {
    const [from, to] = [valueText(old, field), valueText(next, field)];
    return from === to ? [] : [`${shown(field)}: ${from} → ${to}`];
  });
  return lines.length > 0 ? lines : ["Only the writing of the text changes, no value of it."];
}

const valueText = (of: Record<string, unknown>, field: string): string =>
  Object.hasOwn(of, field) ? shown(JSON.stringify(of[field])) : "none";

function shown(text: string): string {
  const part = truncate(text, MOST_SHOWN);
  return `${printable(part)}${part.length < text.length ? "…" : ""}`;
}
