import { isAddress } from "viem";
import { z } from "zod";
import { KINDS, ROLES } from "../ledger/words.ts";

const LARGEST_ID = 2 ** 40 - 1;
const LARGEST_PAGE = 500;

const id = (what: string) =>
  z.coerce
    .number({ error: `must be the id of ${what}: a whole number from 1` })
    .int()
    .min(1)
    .max(LARGEST_ID)
    .describe(`The id of ${what}.`);

const addressIn = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), "must be an address: 0x and 40 hexadecimal digits")
  .transform((text) => text.toLowerCase() as `0x${string}`);

export const AssetParams = z.object({ asset: id("an asset") });
export const ReleaseParams = z.object({ release: id("a release") });
export const AccountParams = z.object({ address: addressIn.describe("An account, in upper or lower case.") });
export const FeeParams = z.object({
  fee: z
    .string()
    .regex(/^\d{1,20}-\d{1,9}$/, "must be a fee's id: <block number>-<log index>")
    .describe("The id of a fee: `<block number>-<log index>`."),
});

const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(LARGEST_PAGE)
  .default(50)
  .describe(`How many to answer, 1 to ${LARGEST_PAGE}.`);

const afterId = (what: string) =>
  z.coerce.number().int().min(0).max(LARGEST_ID).default(0).describe(`Answer ${what} with a larger id than this.`);

export const AssetsQuery = z.strictObject({
  limit,
  after: afterId("assets"),
  kind: z.enum(KINDS).optional().describe("Only assets of this kind."),
  search: z
    .string()
    .max(200)
    .optional()
    .describe("Only assets whose name or organization contains this text, in upper or lower case."),
});

export const ReleasesQuery = z.strictObject({
  limit,
  after: afterId("releases"),
});

export const FeesQuery = z.strictObject({
  limit,
  after: FeeParams.shape.fee.optional().describe("Answer fees paid before this one."),
  release: id("a release").optional().describe("Only fees paid into this release."),
  payer: addressIn.optional().describe("Only fees of this payer."),
});

export const LineageQuery = z.strictObject({
  direction: z
    .enum(["up", "down"])
    .default("up")
    .describe("`up`: what it was built from; `down`: what was built on it."),
  depth: z.coerce.number().int().min(1).max(1_000).default(1_000).describe("How many edges away to go at most."),
});

const Amount = z
  .object({
    amount: z.string().describe("Base units of the currency, as a decimal string."),
    currency: z.object({ address: z.string(), symbol: z.string(), decimals: z.int() }),
  })
  .describe("An amount of money.");

const Block = z
  .object({ number: z.string(), hash: z.string(), timestamp: z.int().describe("Seconds since 1970.") })
  .describe("The block that the answer holds at.");

const Position = z.object({
  blockNumber: z.string(),
  logIndex: z.int(),
  timestamp: z.int().describe("Seconds since 1970."),
  transactionHash: z.string(),
});

const AssetSummary = z.object({
  id: z.int(),
  name: z.string().nullable().describe("From the metadata, as its owner wrote it; names are not unique."),
  organization: z.string().nullable().describe("From the metadata, as its owner wrote it."),
  kind: z.enum(KINDS),
  owner: z.string(),
  releases: z.array(z.int()).describe("Ids, ascending; the first is the asset's id."),
});

const Contribution = z.object({
  release: z.int(),
  weightPpm: z.int().describe("Parts per million of all it receives that the release passes on."),
});

const ReleaseSummary = z.object({
  id: z.int(),
  asset: z.int(),
  assetName: z.string().nullable(),
  label: z.string(),
  digest: z.string().describe("The publisher's digest of the content; zero if none was given."),
  uri: z.string(),
  ownWeightPpm: z.int().describe("Parts per million of all it receives that it keeps for its own asset."),
  floorPpm: z.int().describe("Parts per million of every fee, paid to anything built on it, that must reach it."),
  byGrant: z.boolean(),
  retired: z.boolean(),
  contributions: z.array(Contribution),
  published: Position,
});

const ReleaseFlow = z.object({ received: Amount, settled: Amount, direct: Amount });

const Fee = z.object({
  id: z.string(),
  release: z.int(),
  assetName: z.string().nullable(),
  payer: z.string(),
  amount: Amount,
  reference: z.string(),
  source: z.string().describe("Whose tokens were taken. The payer is sure if this is the payer or the ledger itself."),
  fromCredit: z.boolean(),
  paid: Position,
});

const answer = <T extends z.ZodType>(data: T) => z.object({ block: Block, data });
const page = <T extends z.ZodType>(item: T) =>
  z.object({
    block: Block,
    data: z.array(item),
    next: z.string().nullable().describe("The value of `after` for the next page, or null at the end."),
  });

export const HealthAnswer = z.object({
  status: z.enum(["ready", "syncing", "failed"]),
  chainId: z.int(),
  registry: z.string(),
  ledger: z.string(),
  block: Block.nullable(),
  head: z.string().nullable().describe("The chain's newest block as far as is known."),
  lastContact: z.iso.datetime().nullable().describe("When the chain's node last answered."),
  lastError: z.string().nullable().describe("Why the last request to it failed, until it answers again."),
});

export const CurrenciesAnswer = answer(z.array(Amount.shape.currency));
export const AssetsAnswer = page(AssetSummary);
export const AssetAnswer = answer(
  AssetSummary.extend({
    keepPpm: z.int().describe("No release of the asset keeps less for it, in parts per million."),
    registrant: z.string(),
    metadata: z.string().describe("The metadata as it was emitted. Anyone can write anything here."),
    registered: Position,
    allocations: z.array(z.object({ account: z.string(), role: z.enum(ROLES), shares: z.string() })),
    shareholders: z.array(z.object({ account: z.string(), shares: z.string() })).describe("Most shares first."),
    income: z.array(z.object({ settled: Amount, afterSettling: Amount })).describe("By currency."),
  }),
);
export const ReleasesAnswer = page(ReleaseSummary);
export const ReleaseAnswer = answer(
  ReleaseSummary.extend({
    builtBy: z.array(z.int()).describe("The releases that name this one."),
    flows: z.array(ReleaseFlow).describe("By currency."),
  }),
);
export const LineageAnswer = answer(
  z.object({
    nodes: z.array(z.object({ release: z.int(), asset: z.int(), assetName: z.string().nullable(), depth: z.int() })),
    edges: z.array(z.object({ from: z.int(), to: z.int(), weightPpm: z.int() })),
    truncated: z.boolean().describe("True if there is more beyond the depth."),
  }),
);
export const WeightsAnswer = answer(
  z.array(
    z.object({
      release: z.int(),
      asset: z.int(),
      assetName: z.string().nullable(),
      reachesPpm: z.number().describe("Of a fee, along all paths together: what reaches the release."),
      keepsPpm: z.number().describe("Of a fee: what the release keeps for its asset."),
      via: z
        .int()
        .nullable()
        .describe("The release that the strongest path to it comes through; null for the paid release itself."),
    }),
  ),
);
export const FeesAnswer = page(Fee);
export const TraceAnswer = answer(
  z.object({
    fee: Fee,
    hops: z
      .array(
        z.object({
          release: z.int(),
          asset: z.int(),
          assetName: z.string().nullable(),
          received: Amount,
          kept: Amount,
          passed: z.array(z.object({ to: z.int(), amount: Amount })),
        }),
      )
      .describe("From the paid release to the oldest ancestor."),
    assets: z
      .array(
        z.object({
          asset: z.int(),
          assetName: z.string().nullable(),
          kept: Amount,
          commons: Amount,
          shareholders: Amount,
        }),
      )
      .describe("Who is due what of this fee once everything is settled, the most first."),
    pending: Amount.describe("Fractions below a unit that this fee added to and that later fees complete."),
  }),
);
export const StatementAnswer = answer(
  z.object({
    account: z.string(),
    lines: z
      .array(
        z.object({
          asset: z.int(),
          assetName: z.string().nullable(),
          shares: z.string().describe("Held now, of 100,000,000."),
          earned: Amount.describe("Claimed plus claimable now."),
          claimed: Amount,
          claimableNow: Amount,
          claimableAfterSettling: Amount.describe("Once everything is settled; includes claimable now."),
        }),
      )
      .describe("By currency and asset that the account ever held shares of."),
    credits: z.array(Amount),
  }),
);
export const PlanAnswer = answer(
  z.object({
    account: z.string(),
    plans: z
      .array(
        z.object({
          settle: z.array(z.int()).describe("The releases to settle, in this order."),
          claim: z.array(z.int()).describe("The assets to claim for, afterwards."),
          pays: Amount,
        }),
      )
      .describe("One for each currency in which the account is owed something."),
  }),
);
export const ProblemAnswer = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});
