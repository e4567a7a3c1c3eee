import { type Hex, sha256 } from "viem";
import { plainText } from "#protocol/texts/plainText.ts";
import { isExactText, textOfBytes } from "#protocol/texts/wellFormed.ts";

export interface Metadata {
  /** The emitted bytes, as text. */
  metadata: string;
  /** The emitted bytes if the text in UTF-8 is not exactly them; otherwise undefined. */
  metadataBytes: Hex | undefined;
  /** The SHA-256 digest of the bytes. */
  metadataDigest: Hex;
  name: string | undefined;
  organization: string | undefined;
}

/** Longest name, in code points. */
const LONGEST_NAME = 200;
/** Longest name of an organization, in code points. */
export const LONGEST_ORGANIZATION = 1_000;

/** Parses an asset's metadata. Anyone can emit anything: names that are not texts in a JSON object are undefined. */
export function parseMetadata(bytes: Hex): Metadata {
  const metadata = textOfBytes(bytes);
  const fields = asObject(metadata);
  return {
    metadata,
    metadataBytes: isExactText(metadata, bytes) ? undefined : bytes,
    metadataDigest: sha256(bytes),
    name: asName(fields.name, LONGEST_NAME),
    organization: asName(fields.organization, LONGEST_ORGANIZATION),
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

const asName = (value: unknown, longest: number) =>
  (typeof value === "string" && plainText(value, longest)) || undefined;
