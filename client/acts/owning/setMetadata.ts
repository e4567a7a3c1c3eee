import { type Address, encodeFunctionData, type Hex, hexToBytes, sha256, stringToHex } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { KINDS } from "#protocol/kinds.ts";
import { MAX_METADATA_BYTES } from "#protocol/limits.ts";
import { printable } from "#protocol/texts/printable.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { sentenceStart } from "../../names/nameTexts.ts";
import { refusalFor } from "../../errors/refusal.ts";
import { namedParents } from "../../names/namedParents.ts";
import type { Plan } from "../../plan/plan.ts";
import { metadataDifferences, parseMetadata } from "./changedMetadata.ts";
import { requireOwner } from "./requireOwner.ts";

export interface SetMetadataParameters {
  asset: number;
  /** The metadata that is recorded now, to the byte: the plan shows how the new one differs. */
  before: Hex;
  /** The new metadata: a JSON object. */
  metadata: string;
}

export interface SetMetadataPlan extends Plan {
  /** SHA-256 of the new metadata. */
  digest: Hex;
}

/** Returns the text of recorded metadata, with U+FFFD for bytes that are not UTF-8. */
export const metadataTextOf = (recorded: Hex): string => new TextDecoder().decode(hexToBytes(recorded));

/**
 * Plans to replace the metadata of an asset.
 *
 * @throws {UserError} if the account does not own it, if the metadata is too long or no JSON object, if it is recorded
 * already, or if other metadata was recorded since it was read.
 */
export async function setMetadata(
  chain: Chain,
  account: Address,
  { asset, before, metadata }: SetMetadataParameters,
): Promise<SetMetadataPlan> {
  await requireOwner(chain, account, asset);
  const content = parseMetadata(metadata);
  if (!content) {
    throw new UserError('The metadata is not a JSON object. Write it as one, such as {"name":"Summarizer"}.');
  }
  const bytes = stringToHex(metadata);
  const length = (bytes.length - 2) / 2;
  if (length > MAX_METADATA_BYTES) throw refusalFor("TextTooLong", { length, limit: MAX_METADATA_BYTES });
  const [recorded, { kind }] = await Promise.all([
    chain.registry.read.metadataDigest([asset]),
    chain.ledger.read.releaseInfo([asset]),
  ]);
  const digest = sha256(bytes);
  if (digest === recorded) {
    throw new UserError(
      `${sentenceStart(chain.names.asset(asset))} has exactly this metadata already. There is nothing to do.`,
    );
  }
  if (sha256(before) !== recorded) {
    throw new UserError(
      `The metadata of ${chain.names.asset(asset)} is not what was read: it has been replaced since. Read it again, and repeat your change.`,
    );
  }
  const title = `Replace the metadata of ${chain.names.asset(asset)}`;
  return {
    title,
    steps: [
      {
        does: `${title} (${length} of at most ${MAX_METADATA_BYTES} bytes, SHA-256 ${digest}).`,
        to: chain.deployment.registry,
        data: encodeFunctionData({ abi: registryAbi, functionName: "setMetadata", args: [asset, metadata] }),
      },
    ],
    notes: metadataDifferences(metadataTextOf(before), metadata),
    warnings: warningsOf(content, KINDS[kind] ?? "", parseMetadata(metadataTextOf(before))),
    digest,
  };
}

/** Warns of what the metadata says and no metadata can change. */
function warningsOf(
  content: Record<string, unknown>,
  kind: string,
  before: Record<string, unknown> | undefined,
): string[] {
  const known = new Set(namedParents(before ?? {}));
  const added = namedParents(content).filter((name) => !known.has(name));
  return [
    ...(content.kind !== undefined && content.kind !== kind
      ? [
          `The metadata says that the kind of the asset is ${printable(JSON.stringify(content.kind))}, but it is registered as ${kind}, for ever.`,
        ]
      : []),
    ...(added.length > 0
      ? [
          `The metadata now says that the asset was built from ${added.map((name) => `"${printable(name)}"`).join(", ")}. That makes no contribution: only a new release can pass money on.`,
        ]
      : []),
  ];
}
