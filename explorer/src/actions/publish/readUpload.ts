import { KINDS, type Kind } from "#protocol/kinds.ts";
import { truncate } from "#protocol/truncate.ts";
import { UserError } from "#protocol/userError.ts";
import { type LineageAsset, parseLineage } from "#protocol/lineage.ts";

/** An asset as an uploaded file describes it. */
export interface Described {
  name: string;
  kind: Kind | undefined;
  organization: string;
  description: string;
  /** Names of what it was built from. */
  builtFrom: readonly string[];
  /** The file itself, where it is the metadata as it is to be recorded. */
  metadata: string | undefined;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (each) => typeof each === "string" && each !== "",
  ) as string[];

/**
 * Reads a lineage file, a model card or a metadata file; several assets only from a lineage.
 *
 * @throws {UserError} if it is none of them.
 */
export function readUpload(content: string, file: string): Described[] {
  if (content.trim() === "") throw new UserError(`${file} is empty, or larger than 5 MB.`);
  if (/^\s*[[{]/.test(content)) return readJson(content, file);
  return [readCard(content, file)];
}

function readJson(content: string, file: string): Described[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    throw new UserError(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new UserError(`${file} holds no JSON object.`);
  }
  if ("assets" in parsed) return parseLineage(parsed).assets.map(describedBy);
  const { name, kind, organization, description } = parsed as Record<string, unknown>;
  return [
    {
      name: text(name),
      kind: KINDS.find((each) => each === kind),
      organization: text(organization),
      description: text(description),
      builtFrom: [],
      metadata: content,
    },
  ];
}

const describedBy = ({ name, kind, organization, dependsOn }: LineageAsset): Described => ({
  name,
  kind,
  organization,
  description: "",
  builtFrom: dependsOn,
  metadata: undefined,
});

/** A model card: Markdown with fields before it, as model hubs have them. */
function readCard(content: string, file: string): Described {
  const [, head = "", body = content] = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(content) ?? [];
  const fields = readFields(head);
  const title = /^#\s+(.+)$/m.exec(body)?.[1]?.trim();
  const paragraph = body
    .split(/\r?\n\s*\r?\n/)
    .map((each) => each.trim())
    .find((each) => each !== "" && !/^[#|<![>-]/.test(each));
  const name = texts(fields.model_name)[0] ?? texts(fields.pretty_name)[0] ?? title;
  if (name === undefined) throw new UserError(`${file} is no JSON, and no model card: it has no title.`);
  const isModel =
    "base_model" in fields || "pipeline_tag" in fields || "library_name" in fields || "datasets" in fields;
  return {
    name,
    kind: isModel ? "model" : "pretty_name" in fields ? "dataset" : undefined,
    organization: texts(fields.organization)[0] ?? "",
    description: truncate((paragraph ?? "").replaceAll(/\s+/g, " "), 1_000),
    builtFrom: [...texts(fields.base_model), ...texts(fields.datasets)].map((each) => each.split("/").at(-1) ?? each),
    metadata: undefined,
  };
}

/** Reads the part of YAML that cards use: `name: value`, and lists of values. */
function readFields(head: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  const plain = (value: string) => value.trim().replaceAll(/^["']|["']$/g, "");
  let last = "";
  for (const line of head.split(/\r?\n/)) {
    const [, item] = /^\s*-\s+(.+)$/.exec(line) ?? [];
    const [, name, value = ""] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (item !== undefined && last !== "") {
      const before = fields[last];
      fields[last] = [...(Array.isArray(before) ? before : []), plain(item)];
    } else if (name !== undefined) {
      last = name;
      const [, inner] = /^\[(.*)\]$/.exec(value) ?? [];
      fields[name] = inner === undefined ? plain(value) : inner.split(",").map(plain);
    }
  }
  return fields;
}
