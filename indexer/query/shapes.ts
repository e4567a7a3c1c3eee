import { z } from "zod";
import { KINDS, ROLES } from "#protocol/kinds.ts";
import { MAX_CONTRIBUTIONS, WHOLE_PPM } from "#protocol/limits.ts";

/**
 * The question that a value in an answer refers to. In GraphQL the value is replaced by the answer to that question.
 */
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
export const shareCount = (what = "The asset has 100,000,000.") =>
  z.string().describe(`Shares, as a decimal string. ${what}`);

export const Currency = z
  .object({
    address: z.string().describe("The token's address."),
    symbol: z.string().describe("The token's symbol when it was admitted. Symbols are not unique."),
    decimals: z.int().min(0).max(255).describe("A whole unit of the currency is 10^decimals base units."),
  })
  .meta({ id: "Currency", description: "A currency: an ERC-20 token that was admitted to the ledger." });

export const Amount = z
  .object({
    amount: z.string().describe("The amount in base units of the currency, as a decimal string."),
    currency: Currency,
  })
  .meta({ id: "Amount", description: "An amount of money in one currency." });

export const Block = z
  .object({
    number: z.string().describe("The number of the block, as a decimal string."),
    hash: z.string().describe("The hash of the block."),
    timestamp: z.int().describe("The time of the block, in seconds since 1970."),
    final: z.boolean().describe("True if a reorg can no longer remove the block. Then the answer is final, too."),
  })
  .meta({ id: "Block", description: "The block that an answer holds for." });

export const FinalBlock = z
  .object({
    number: z.string().describe("The number of the block, as a decimal string."),
    hash: z.string().nullable().describe("The hash of the block; null if the indexer did not store this block."),
  })
  .meta({ id: "FinalBlock", description: "The newest final block: a reorg can no longer remove it." });

export const Position = z
  .object({
    blockNumber: z.string().describe("The number of the block, as a decimal string."),
    logIndex: count("The index of the event's log in the block."),
    timestamp: z.int().describe("The time of the block, in seconds since 1970."),
    transactionHash: z.string().describe("The hash of the transaction."),
  })
  .meta({ id: "Position", description: "The place and time of an event on the chain." });

export const assetName = z.string().nullable().describe("The asset's name; null if its metadata has none.");

export const Organization = z
  .object({
    organization: z
      .string()
      .nullable()
      .describe("The organization in the metadata; null if it has none. Declared: anyone can write any name."),
    asset: assetId("The asset itself, by its id, if its metadata has no organization; else null.").nullable(),
  })
  .meta({ id: "Organization", description: "The organization behind assets, as their owners declare it." });

const assetFields = {
  id: z.int().describe("The asset's id: the id of its first release."),
  name: z
    .string()
    .nullable()
    .describe(
      "The name in the metadata, as the owner declares it, on one line: without control characters and invisible characters that no script needs, at most 200 characters. Null if nothing of it is visible. Names are not unique.",
    ),
  organization: z
    .string()
    .nullable()
    .describe("The organization in the metadata, as the owner declares it, like the name; at most 1,000 characters."),
  kind: Kind,
  owner: accountId("The owner, by its address. The owner administers the asset."),
};

export const AssetSummary = referring(
  z
    .object({ ...assetFields, releases: z.array(releaseId()).describe("The newest 50 releases, by ascending id.") })
    .meta({ id: "AssetSummary", description: "An asset (a dataset, a model or an agent), in short." }),
  { to: "asset", by: "id" },
);

export const Shareholder = z
  .object({ account: accountId(), shares: shareCount() })
  .meta({ id: "Shareholder", description: "An account that holds shares of an asset." });

export const Allocation = z
  .object({ account: accountId(), role: Role, shares: shareCount() })
  .meta({ id: "Allocation", description: "An account that got shares when the asset was registered, and its role." });

export const AssetIncome = z
  .object({
    settled: Amount.describe("The income that is settled."),
    afterSettling: Amount.describe("The income as if every release were settled. It includes `settled`."),
  })
  .meta({
    id: "AssetIncome",
    description: "The income of an asset in one currency: all that its releases ever kept for it.",
  });

export const Asset = z
  .object({
    ...assetFields,
    releases: z
      .array(releaseId())
      .describe("The newest 50 releases, by ascending id. `/v1/assets/{asset}/releases` has all by page."),
    keepPpm: ppm("The keep: the smallest own weight that any release of the asset can have."),
    registrant: accountId("The account that registered the asset, by its address."),
    metadata: z
      .string()
      .describe(
        "The metadata as text, without a byte order mark. What is not UTF-8 in its bytes, and U+0000, is U+FFFD here. Declared: anyone can write anything here.",
      ),
    metadataBytes: z
      .string()
      .nullable()
      .describe(
        "The metadata's bytes in hexadecimal if `metadata` in UTF-8 is not exactly them; null if it is, as nearly always.",
      ),
    metadataDigest: z
      .string()
      .describe(
        "The SHA-256 digest of the metadata's bytes: of `metadataBytes`, or of `metadata` in UTF-8 if that is null.",
      ),
    registered: Position,
    allocations: z
      .array(Allocation)
      .describe(
        "The first 50 allocations of shares at the registration. `/v1/assets/{asset}/allocations` has all by page.",
      ),
    shareholders: z
      .array(Shareholder)
      .describe("The 50 accounts with the most shares. `/v1/assets/{asset}/shareholders` has all by page."),
    income: z.array(AssetIncome).describe("The income in each currency."),
  })
  .meta({
    id: "Asset",
    description: "An asset: a dataset, a model or an agent. The owner of its ERC-721 token administers it.",
  });

export const Contribution = z
  .object({
    release: releaseId("The earlier release, by its id."),
    weightPpm: ppm("The weight: the part of what the newer release receives that it passes on to this one."),
  })
  .meta({
    id: "Contribution",
    description: "A contribution: an edge from a release to an earlier release that it was built from.",
  });

const releaseFields = {
  id: z.int().describe("The release's id. Ids run from 1 without gaps, in the order of publishing."),
  asset: assetId(),
  assetName,
  label: z
    .string()
    .describe("The version label, as the publisher declares it, on one line and without invisible characters."),
  digest: z.string().describe("The digest of the content, as the publisher declares it; zero if none was given."),
  uri: z
    .string()
    .describe("The place of the content, as the publisher declares it, without control and invisible characters."),
  ownWeightPpm: ppm("The own weight: the part of what the release receives that it keeps for its own asset."),
  floorPpm: ppm("The floor: the part of every fee into a descendant, at any depth, that must reach this release."),
  byGrant: z.boolean().describe("True if building on the release needs a grant; false if anyone can build on it."),
  retired: z.boolean().describe("True if the release is retired: no new release may be built on it."),
  contributions: z.array(Contribution).describe(`The releases that it was built from, at most ${MAX_CONTRIBUTIONS}.`),
  published: Position,
};

export const ReleaseSummary = referring(
  z
    .object(releaseFields)
    .meta({ id: "ReleaseSummary", description: "A release (one immutable version of an asset), in short." }),
  { to: "release", by: "id" },
);

export const ReleaseFlow = z
  .object({
    received: Amount.describe("All that the release ever received, in fees and from later releases."),
    settled: Amount.describe("The part of `received` that is settled: divided among its contributions and its asset."),
    direct: Amount.describe("The part of `received` that was paid into the release itself."),
  })
  .meta({ id: "ReleaseFlow", description: "The money that has gone through a release, in one currency." });

export const Release = z
  .object({
    ...releaseFields,
    builtBy: z
      .array(releaseId())
      .describe(
        "The newest 50 releases that were built directly on this one, by ascending id. `/v1/releases/{release}/builtBy` has all by page.",
      ),
    flows: z.array(ReleaseFlow).describe("The money that has gone through the release, in each currency."),
  })
  .meta({ id: "Release", description: "A release: one immutable version of an asset, and a node of the graph." });

export const Fee = z
  .object({
    id: z.string().describe("The fee's id: `<block number>-<log index>`."),
    release: releaseId("The release that the fee was paid into, by its id."),
    assetName,
    payer: accountId("The payer, by its address. See `source` for how certain it is."),
    amount: Amount,
    reference: z.string().describe("The 32-byte reference that ties the fee to a request off chain, in hexadecimal."),
    source: z
      .string()
      .describe(
        "The account whose tokens were taken; the ledger's own address if the fee was paid from credit. The payer is certain if the source is the payer or the ledger. Otherwise the payer is only what the source stated.",
      ),
    fromCredit: z.boolean().describe("True if the fee was paid from the payer's credit."),
    paid: Position,
  })
  .meta({ id: "Fee", description: "Money paid into a release." });

export const Claim = z
  .object({
    id: z.string().describe("The claim's id: `<block number>-<log index>`."),
    account: accountId(),
    amount: Amount,
    toCredit: z
      .boolean()
      .describe("True if the amount was added to the account's credit; false if it was paid to a wallet."),
    claimed: Position,
  })
  .meta({ id: "Claim", description: "A claim: money that an account was paid for its shares." });

export const StatementLine = z
  .object({
    asset: assetId(),
    assetName,
    shares: shareCount("The account's shares now, of the asset's 100,000,000."),
    earned: Amount.describe("Earned: claimed plus claimable now."),
    claimed: Amount.describe("Claimed so far, to a wallet or to credit."),
    claimableNow: Amount.describe("Earned and not claimed yet: what a claim would pay now."),
    claimableAfterSettling: Amount.describe(
      "The amount that a claim would pay if every release were settled first. It includes `claimableNow`.",
    ),
  })
  .meta({ id: "StatementLine", description: "Earnings of an account with one asset, in one currency." });
