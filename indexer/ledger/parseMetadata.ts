import { type Hex, hexToString, sha256 } from "viem";
import { truncate } from "#protocol/texts/truncate.ts";

export interface Metadata {
  /** The emitted bytes, as text. */
  metadata: string;
  /** The SHA-256 digest of those bytes. */
  metadataDigest: Hex;
  name: string | undefined;
  organization: string | undefined;
}

const LONGEST_NAME = 200;
const LONGEST_ORGANIZATION = 1_000;

/** Parses an asset's metadata. Anyone can emit anything: names that are not texts in a JSON object are undefined. */
export function parseMetadata(bytes: Hex): Metadata {
  const metadata = hexToString(bytes);
  const fields = asObject(metadata);
  return {
    metadata,
    metadataDigest: sha256(bytes),
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

/** Removes control characters, which could rewrite a terminal. */
export const plainText = (text: string) => text.replaceAll(/\p{C}/gu, "");

function asText(value: unknown, longest: number): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = plainText(value).trim();
  return text === "" ? undefined : truncate(text, longest);
}
