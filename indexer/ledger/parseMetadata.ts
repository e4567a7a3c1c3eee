import { type Hex, sha256 } from "viem";
import { type DeclaredNames, declaredNames } from "#protocol/texts/declaredNames.ts";
import { isExactText, textOfBytes } from "#protocol/texts/wellFormed.ts";

export interface Metadata extends DeclaredNames {
  /** The emitted bytes, as text. */
  metadata: string;
  /** The emitted bytes if the text in UTF-8 is not exactly them; otherwise undefined. */
  metadataBytes: Hex | undefined;
  /** The SHA-256 digest of the bytes. */
  metadataDigest: Hex;
}

/** Parses an asset's metadata. */
export function parseMetadata(bytes: Hex): Metadata {
  const metadata = textOfBytes(bytes);
  return {
    metadata,
    metadataBytes: isExactText(metadata, bytes) ? undefined : bytes,
    metadataDigest: sha256(bytes),
    ...declaredNames(metadata),
  };
}
