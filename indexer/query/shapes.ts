import { z } from "zod";
import { KINDS, ROLES } from "#protocol/kinds.ts";
import { MAX_CONTRIBUTIONS, WHOLE_PPM } from "#protocol/limits.ts";

/** The question that a value in an answer refers to: in GraphQL the value is the answer to it. */
export interface Reference {
  /** The name of a question with one parameter. */
  to: string;
  /** The field of the value that is the question's parameter. Default: the value itself. */
  by?: string;
}

export const references = z.registry<Reference>();

export const Kind = z.enum(KINDS).meta({ id: "Kind" });
export const Role = z.enum(ROLES).meta({ id: "Role" });

const LARGEST_INT = 2 ** 31 - 1;

function referring<T extends z.ZodType>(schema: T, reference: Reference): T {
  references.add(schema, reference);
  return schema;
}

export const releaseId = (what = "A release, by its id.") => referring(z.int().describe(what), { to: "release" });
export const assetId = (what = "An asset, by its id.") => referring(z.int().describe(what), { to: "asset" });
export const accountId = (what = "An account, by its address.") =>
  referring(z.string().describe(what), { to: "account" });
export const ppm = (what: string) => z.int().min(0).max(WHOLE_PPM).describe(`${what} In parts per million.`);
export const count = (what: string) => z.int().min(0).max(LARGEST_INT).describe(what);
export const ratio = (what: string) => z.number().describe(what);
export const shareCount = (what = "Of 100,000,000 of the asset.") =>
  z.string().describe(`Shares, as a decimal string. ${what}`);

export const Currency = z
  .object({
    address: z.string(),
    symbol: z.string().describe("As the token had it when it was admitted."),
    decimals: z.int().min(0).max(255).describe("How many of an amount's digits stand behind the point."),
  })
  .meta({ id: "Currency", description: "An ERC-20 that was admitted to the ledger." });

export const Amount = z
  .object({ amount: z.string().describe("Base units of the currency, as a decimal string."), currency: Currency })
  .meta({ id: "Amount", description: "An amount of money." });

export const Block = z
  .object({
    number: z.string(),
    hash: z.string(),
    timestamp: z.int().describe("Seconds since 1970."),
    final: z.boolean().describe("Whether the chain can no longer take it back, and with it the answer."),
  })
  .meta({ id: "Block", description: "A block: the one that an answer holds at." });

export const FinalBlock = z
  .object({
    number: z.string(),
    hash: z.string().nullable().describe("Null where the indexer does not hold the block itself."),
  })
  .meta({ id: "FinalBlock", description: "The newest block that the chain can no longer take back." });

export const Position = z
  .object({
    blockNumber: z.string(),
    logIndex: count("Its place in the block."),
    timestamp: z.int().describe("Seconds since 1970."),
    transactionHash: z.string(),
  })
  .meta({ id: "Position", description: "Where and when something was recorded." });

export const assetName = z.string().nullable().describe("The asset's name.");

export const Organization = z
  .object({
    organization: z.string().nullable().describe("The name in the metadata; anyone can write any."),
    asset: assetId("Where an asset names none: the asset, which stands for itself.").nullable(),
  })
  .meta({ id: "Organization", description: "Who stands behind assets, in their registrants' own words." });

const assetFields = {
  id: z.int(),
  name: z.string().nullable().describe("From the metadata, as its owner wrote it; names are not unique."),
  organization: z.string().nullable().describe("From the metadata, as its owner wrote it."),
  kind: Kind,
  owner: accountId("Who administers it."),
};

export const AssetSummary = referring(
  z
    .object({ ...assetFields, releases: z.array(releaseId()).describe("The newest 50, ascending.") })
    .meta({ id: "AssetSummary", description: "A dataset, a model or an agent, in short." }),
  { to: "asset", by: "id" },
);

export const Shareholder = z
  .object({ account: accountId(), shares: shareCount() })
  .meta({ id: "Shareholder", description: "Who holds shares of an asset, and how many." });

export const Allocation = z
  .object({ account: accountId(), role: Role, shares: shareCount() })
  .meta({ id: "Allocation", description: "Who got shares at the registration, and what for." });

export const AssetIncome = z
  .object({ settled: Amount, afterSettling: Amount.describe("Once everything is settled.") })
  .meta({ id: "AssetIncome", description: "All that an asset's releases ever kept, in one currency." });

export const Asset = z
  .object({
    ...assetFields,
    releases: z.array(releaseId()).describe("The newest 50, ascending; all by page at `/assets/{asset}/releases`."),
    keepPpm: ppm("No release of the asset keeps less for it."),
    registrant: accountId("Who registered it."),
    metadata: z.string().describe("The metadata as it was emitted. Anyone can write anything here."),
    metadataDigest: z.string().describe("Its SHA-256."),
    registered: Position,
    allocations: z.array(Allocation).describe("The first 50; all by page at `/assets/{asset}/allocations`."),
    shareholders: z
      .array(Shareholder)
      .describe("The 50 with the most shares; all by page at `/assets/{asset}/shareholders`."),
    income: z.array(AssetIncome).describe("By currency."),
  })
  .meta({ id: "Asset", description: "A dataset, a model or an agent. Whoever owns its token administers it." });

export const Contribution = z
  .object({ release: releaseId(), weightPpm: ppm("Of all it receives: what the release passes on.") })
  .meta({ id: "Contribution", description: "From a release to an earlier one that it was built from." });

const releaseFields = {
  id: z.int(),
  asset: assetId(),
  assetName,
  label: z.string(),
  digest: z.string().describe("The publisher's digest of the content; zero if none was given."),
  uri: z.string(),
  ownWeightPpm: ppm("Of all it receives: what it keeps for its own asset."),
  floorPpm: ppm("Of every fee, paid to anything built on it: what must reach it."),
  byGrant: z.boolean().describe("Whether only those with a grant may build on it."),
  retired: z.boolean().describe("Whether nothing new may be built on it."),
  contributions: z.array(Contribution).describe(`What it was built from: at most ${MAX_CONTRIBUTIONS}.`),
  published: Position,
};

export const ReleaseSummary = referring(
  z.object(releaseFields).meta({ id: "ReleaseSummary", description: "One immutable version of an asset, in short." }),
  { to: "release", by: "id" },
);

export const ReleaseFlow = z
  .object({
    received: Amount.describe("All that ever arrived."),
    settled: Amount.describe("What of it has been passed on."),
    direct: Amount.describe("What of it was paid into the release itself."),
  })
  .meta({ id: "ReleaseFlow", description: "What went through a release, in one currency." });

export const Release = z
  .object({
    ...releaseFields,
    builtBy: z
      .array(releaseId())
      .describe("The newest 50 releases that name this one, ascending; all by page at `/releases/{release}/builtBy`."),
    flows: z.array(ReleaseFlow).describe("By currency."),
  })
  .meta({ id: "Release", description: "One immutable version of an asset; a node of the graph." });

export const Fee = z
  .object({
    id: z.string(),
    release: releaseId("The release that it was paid into."),
    assetName,
    payer: accountId("Who paid."),
    amount: Amount,
    reference: z.string().describe("The 32 bytes that tie it to a request off chain."),
    source: z
      .string()
      .describe("Whose tokens were taken. The payer is sure if this is the payer or the ledger itself."),
    fromCredit: z.boolean(),
    paid: Position,
  })
  .meta({ id: "Fee", description: "Money paid into a release." });

export const Claim = z
  .object({
    id: z.string().describe("`<block number>-<log index>`"),
    account: accountId(),
    amount: Amount,
    toCredit: z.boolean().describe("Whether it became credit rather than going to a wallet."),
    claimed: Position,
  })
  .meta({ id: "Claim", description: "Money that an account was paid for its shares." });

export const StatementLine = z
  .object({
    asset: assetId(),
    assetName,
    shares: shareCount("Held now, of 100,000,000."),
    earned: Amount.describe("Claimed plus claimable now."),
    claimed: Amount,
    claimableNow: Amount,
    claimableAfterSettling: Amount.describe("Once everything is settled; includes claimable now."),
  })
  .meta({ id: "StatementLine", description: "What an account earned with one asset, in one currency." });
