import { parse } from "yaml";
import { namedParents } from "../names/namedParents.ts";
import { KINDS, type Kind } from "#protocol/kinds.ts";
import { truncate } from "#protocol/texts/truncate.ts";
import { UserError } from "#protocol/userError.ts";
import { type LineageAsset, parseLineage } from "#protocol/lineage.ts";

/** The description of an asset in an uploaded file. */
export interface AssetDescription {
  name: string;
  kind: Kind | undefined;
  organization: string;
  description: string;
  /** Names of what it was built from, as they are written in the file. */
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
      builtFrom: namedParents(parsed as Record<string, unknown>),
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
  const card = /^\ufeff?\s*---[ \t]*\r?\n(?:(.*?)\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n(.*))?$/s.exec(content);
  if (!card && /^\ufeff?\s*---[ \t]*\r?\n/.test(content)) {
    throw new UserError(
      `${file} begins with a block of fields that does not end. End it with a line of three hyphens.`,
    );
  }
  const [, head = "", body = ""] = card ?? ["", "", content];
  const fields = readFields(head, file);
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
    builtFrom: namedParents(fields),
    metadata: undefined,
  };
}

/**
 * Reads the YAML fields of a card. All scalars are texts, because names such as 1.0 must stay as they are written.
 *
 * @throws {UserError} if they are not YAML: a field that is not understood could name an ancestor.
 */
function readFields(head: string, file: string): Record<string, unknown> {
  let fields: unknown;
  try {
    fields = parse(head, { schema: "failsafe", merge: true, logLevel: "error" });
  } catch (error) {
    throw new UserError(`The fields at the top of ${file} are not valid YAML: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (head.trim() === "" || fields === null || fields === "") return {};
  if (typeof fields !== "object" || Array.isArray(fields)) {
    throw new UserError(`The block at the top of ${file} has no fields such as name: value.`);
  }
  return fields as Record<string, unknown>;
}
