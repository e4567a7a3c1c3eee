/** A line of an asset's metadata. */
export interface MetadataLine {
  name: string;
  value: string;
}

export interface Metadata {
  /** What it says of itself, if that is a text. */
  description: string | undefined;
  /** All else, as text. */
  lines: MetadataLine[];
}

const MOST_LINES = 40;
/** Shown elsewhere. */
const KNOWN = new Set(["name", "organization", "description"]);

/** Reads an asset's metadata: whatever anyone wrote. Undefined if it is no JSON object. */
export function readMetadata(text: string): Metadata | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const fields = Object.entries(parsed);
  const { description } = parsed as { description?: unknown };
  return {
    description: typeof description === "string" ? description : undefined,
    lines: fields
      .filter(([name]) => !KNOWN.has(name))
      .slice(0, MOST_LINES)
      .map(([name, value]) => ({ name, value: typeof value === "string" ? value : JSON.stringify(value) })),
  };
}
