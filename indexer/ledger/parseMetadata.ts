import { type Hex, hexToString } from "viem";

export interface Metadata {
  /** The bytes that were emitted, as text. */
  metadata: string;
  name: string | undefined;
  organization: string | undefined;
}

const LONGEST_NAME = 200;
const LONGEST_ORGANIZATION = 1_000;

/** Reads an asset's metadata. Anyone can emit anything, so whatever is not a JSON object with texts names nothing. */
export function parseMetadata(bytes: Hex): Metadata {
  const metadata = hexToString(bytes);
  const fields = asObject(metadata);
  return {
    metadata,
    name: asText(fields.name, LONGEST_NAME),
    organization: asText(fields.organization, LONGEST_ORGANIZATION),
  };
}

function asObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** Without control characters, which could rewrite a terminal. */
function asText(value: unknown, longest: number): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.replaceAll(/\p{C}/gu, "").trim();
  return text === "" ? undefined : text.slice(0, longest);
}
