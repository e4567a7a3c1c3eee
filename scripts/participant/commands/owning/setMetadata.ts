import { type Hex, isHex, sha256, stringToHex } from "viem";
import { changedMetadata, type MetadataChanges } from "#client/acts/owning/changedMetadata.ts";
import { readRecordedMetadata } from "#client/acts/owning/recordedMetadata.ts";
import { requireOwner } from "#client/acts/owning/requireOwner.ts";
import { metadataTextOf, setMetadata as planChange } from "#client/acts/owning/setMetadata.ts";
import { readUpload } from "#client/parsing/readUpload.ts";
import { readText } from "#node/files.ts";
import { KINDS } from "#protocol/kinds.ts";
import { UserError } from "#protocol/userError.ts";
import { connectApi, readAnswer } from "../../api.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import type { Session } from "../../session.ts";
import { transact } from "../../transact.ts";

/** Replaces the metadata of an asset, as a whole or in single fields. */
export const setMetadata: Command<OptionsOf<"set-metadata">> = async (session, options) => {
  const { asset, api } = options;
  const { chain } = session;
  const account = await session.account();
  // Before the metadata is read, which takes longer.
  await requireOwner(chain, account, asset);
  const given = await readGiven(options);
  const before = await readBefore(session, asset, api);
  const { kind } = await chain.ledger.read.releaseInfo([asset]);
  const metadata =
    typeof given === "string" ? given : changedMetadata(metadataTextOf(before), given, KINDS[kind] ?? "model");
  const plan = await planChange(chain, account, { asset, before, metadata });
  await transact(session, plan);
  session.print(`The metadata of ${chain.names.asset(asset)} is replaced.`);
  return { asset, metadata, digest: plan.digest };
};

/** Returns the text of a metadata file, or the fields that a card and the options name. */
async function readGiven({
  metadata,
  card,
  name,
  organization,
  description,
}: OptionsOf<"set-metadata">): Promise<string | MetadataChanges> {
  const fields = Object.entries({ name, organization, description }).filter(([, value]) => value !== undefined);
  if (metadata !== undefined) {
    if (card === undefined && fields.length === 0) return readText(metadata);
    throw new UserError(
      "The metadata file replaces everything, so it cannot be combined with --card, --name, --organization and --description. Leave those out, or leave out --metadata.",
    );
  }
  if (card === undefined && fields.length === 0) {
    throw new UserError(
      "Nothing is named that should change. Give --metadata or --card with a file, or --name, --organization or --description.",
    );
  }
  return { ...(card !== undefined && (await readCard(card))), ...Object.fromEntries(fields) };
}

/** Reads the fields of a model card. Those that it does not have stay as they are. */
async function readCard(file: string): Promise<MetadataChanges> {
  const content = await readText(file);
  const [found, ...others] = readUpload(content, file);
  if (!found || others.length > 0 || found.metadata !== undefined) {
    throw new UserError(`${file} is not a model card. Give a JSON file with --metadata, or name the fields.`);
  }
  const { name, organization, description } = found;
  return { name, organization: organization || undefined, description: description || undefined };
}

/** Reads the metadata that is recorded now: from an indexer, checked against the registry, or from the chain's logs. */
async function readBefore(session: Session, asset: number, api: string | undefined): Promise<Hex> {
  const { chain, deployment } = session;
  if (api === undefined) {
    try {
      return await readRecordedMetadata(chain, asset, BigInt(deployment.startBlock));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(`${error.message} Or read it from an indexer, with --api.`, { cause: error });
    }
  }
  const client = await connectApi(session, { api });
  const { data } = await readAnswer(session, { api }, () =>
    client.GET("/v1/assets/{asset}", { params: { path: { asset } } }),
  );
  const before = isHex(data.metadataBytes) ? data.metadataBytes : stringToHex(data.metadata);
  if (sha256(before) === (await chain.registry.read.metadataDigest([asset]))) return before;
  throw new UserError(
    `The indexer at ${api} has other metadata of asset ${asset} than the registry. It may be behind: try again, or leave out --api.`,
  );
}
