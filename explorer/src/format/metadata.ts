/** A line of an asset's metadata. */
export interface MetadataLine {
  name: string;
  value: string;
}

export interface Metadata {
  /** The asset's description, if it is a text. */
  description: string | undefined;
  /** The other fields, as text. */
  lines: MetadataLine[];
}

const MOST_LINES = 40;
/** Fields that the page shows elsewhere. */
const SHOWN_ELSEWHERE = new Set(["name", "organization", "description"]);

/** Reads an asset's metadata, which can be any text. Returns undefined if the text is not a JSON object. */
export function readMetadata(text: string): Metadata | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) return undefined;
  const fields = Object.entries(content);
  const { description } = content as { description?: unknown };
  return {
    description: typeof description === "string" ? description : undefined,
    lines: fields
      .filter(([name]) => !SHOWN_ELSEWHERE.has(name))
      .slice(0, MOST_LINES)
      .map(([name, value]) => ({ name, value: typeof value === "string" ? value : JSON.stringify(value) })),
  };
}
