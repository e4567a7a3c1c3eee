import { KINDS, type Kind } from "#protocol/kinds.ts";
import { truncate } from "#protocol/truncate.ts";
import { UserError } from "#protocol/userError.ts";
import { type LineageAsset, parseLineage } from "#protocol/lineage.ts";

/** The description of an asset in an uploaded file. */
export interface AssetDescription {
  name: string;
  kind: Kind | undefined;
  organization: string;
  description: string;
  /** Names of what it was built from. */
  builtFrom: readonly string[];
  /** The text of the file if it is a metadata file, to be recorded as it is. */
  metadata: string | undefined;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (each) => typeof each === "string" && each !== "",
  ) as string[];

/**
 * Reads a lineage file, a model card or a metadata file. Only a lineage file can contain several assets.
 *
 * @throws {UserError} if the file is none of these.
 */
export function readUpload(content: string, file: string): AssetDescription[] {
  if (content.trim() === "") throw new UserError(`${file} is empty, or larger than 5 MB. Choose another file.`);
  if (/^\s*[[{]/.test(content)) return readJson(content, file);
  return [readCard(content, file)];
}

function readJson(content: string, file: string): AssetDescription[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    throw new UserError(`${file} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new UserError(`${file} does not contain a JSON object.`);
  }
  if ("assets" in parsed) return parseLineage(parsed).assets.map(descriptionOf);
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

const descriptionOf = ({ name, kind, organization, dependsOn }: LineageAsset): AssetDescription => ({
  name,
  kind,
  organization,
  description: "",
  builtFrom: dependsOn,
  metadata: undefined,
});

/** Reads a model card: Markdown after a block of YAML fields, as on model hubs. */
function readCard(content: string, file: string): AssetDescription {
  const [, head = "", body = content] = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(content) ?? [];
  const fields = readFields(head);
  const title = /^#\s+(.+)$/m.exec(body)?.[1]?.trim();
  const paragraph = body
    .split(/\r?\n\s*\r?\n/)
    .map((each) => each.trim())
    .find((each) => each !== "" && !/^[#|<![>-]/.test(each));
  const name = texts(fields.model_name)[0] ?? texts(fields.pretty_name)[0] ?? title;
  if (name === undefined) throw new UserError(`${file} is neither JSON nor a model card with a title.`);
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

/** Reads the subset of YAML that model cards use: `name: value` and lists of values. */
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
