import type { Address } from "viem";
import { passStep } from "#client/acts/collecting/outletSteps.ts";
import { planQuery } from "#client/acts/collecting/planQuery.ts";
import { type ClaimPlan, readClaimPlans, readOutletPlans } from "#client/acts/collecting/readClaimPlans.ts";
import { assetLists, readRecipient } from "#client/acts/collecting/readRecipient.ts";
import { collectStep } from "#client/acts/paying/sync.ts";
import type { TributaryClient } from "#client/api/createClient.ts";
import { splitList } from "#client/parsing/splitList.ts";
import type { CallStep } from "#client/plan/plan.ts";
import { outletOf } from "#client/recipients/outlets.ts";
import { parseAddress } from "#protocol/address.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import { connectApi, readAnswer } from "../participant/api.ts";
import type { Session } from "../participant/session.ts";
import type { IsWatched, PricedBalance } from "./inlets.ts";
import { type IsWorth, type PricedCurrency, worthOf } from "./prices.ts";

/** Accounts whose outlets the keeper passes on from. */
export type WatchedOutlets = "all" | "none" | readonly Address[];

/** @throws {UserError} if the text is not "all", "none" or addresses separated by commas. */
export const parseOutlets = (text: string): WatchedOutlets =>
  text === "all" || text === "none" ? text : splitList(text).map((each) => parseAddress(each, "--outlets"));

export interface EarningsParameters {
  session: Session;
  /** URL of the indexer's API. */
  api: string;
  prices: readonly PricedCurrency[];
  margin: number;
  isWorth: IsWorth;
  isWatched: IsWatched;
  outlets: WatchedOutlets;
  /** Called with the reason if the indexer cannot be used. */
  onApiFailure: (reason: string) => void;
}

/** An inlet or an outlet. */
interface Recipient {
  address: Address;
  /** The release that an inlet pays; undefined for an outlet. */
  release: number | undefined;
  /** The account of an outlet; for an inlet, its own address. */
  account: Address;
}

/** The least gas that one more asset adds to a claim. */
const CLAIM_GAS = 12_000n;
/** The least gas of `pass`. Money that is worth less is not simulated. */
const LEAST_PASS_GAS = 60_000n;
/** The same for `collect` of an inlet. */
const LEAST_COLLECT_GAS = 90_000n;

/**
 * Lists what watched inlets have earned with their shares, and what watched outlets have earned and hold, with the steps
 * that move it. The indexer lists the holders and chooses the assets, at a price of gas that is raised by the margin;
 * amounts are read from the contracts. Assets that strangers gave are left out unless they are worth their own claim.
 *
 * Native money at an outlet is not passed on: the account's own code would run, and could make each call fail.
 */
export async function* earnings(parameters: EarningsParameters): AsyncGenerator<PricedBalance> {
  const { session } = parameters;
  const { chain } = session;
  // The inlets of a deployment without outlets are older and cannot collect.
  if (!chain.deployment.periphery.outlets) return;
  const round = await beginRound(parameters);
  for (const recipient of round.recipients) {
    if (session.signal.aborted) return;
    const claimPlans = await orNone(parameters, () => plansOf(parameters, round, recipient));
    for (const priced of parameters.prices) yield* movable(parameters, round.gasPrice, recipient, priced, claimPlans);
  }
}

/** The recipients of one round, and the prices at its beginning. */
interface Round {
  /** Undefined if the indexer cannot be used. */
  client: TributaryClient | undefined;
  recipients: readonly Recipient[];
  gasPrice: bigint;
  /** The query of claim plans, its costs raised by the margin. */
  query: Awaited<ReturnType<typeof planQuery>>;
}

async function beginRound(parameters: EarningsParameters): Promise<Round> {
  const { session, api, prices, margin } = parameters;
  const query = await planQuery(session.chain, { prices });
  const raised = (wei: string) => String(BigInt(Math.ceil(Number(wei) * margin)));
  const named = await namedOutlets(parameters);
  const listed = await orNone(parameters, async () => {
    const client = await connectApi(session, { api });
    return [{ client, recipients: await listedRecipients(parameters, client) }];
  });
  return {
    client: listed[0]?.client,
    recipients: [...named, ...(listed[0]?.recipients ?? [])],
    gasPrice: BigInt(query.gasPriceWei),
    query: {
      ...query,
      gasPriceWei: raised(query.gasPriceWei),
      ...(query.dataPriceWei !== undefined && { dataPriceWei: raised(query.dataPriceWei) }),
    },
  };
}

/** Returns nothing if the indexer fails or cannot be trusted: the round goes on without it. */
async function orNone<T>({ onApiFailure }: EarningsParameters, read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    onApiFailure(error.message);
    return [];
  }
}

async function namedOutlets({ session: { chain }, outlets }: EarningsParameters): Promise<Recipient[]> {
  if (outlets === "all" || outlets === "none") return [];
  const addresses = await Promise.all(outlets.map((account) => outletOf(chain, account)));
  return outlets.flatMap((account, i) => {
    const address = addresses[i];
    return address === undefined ? [] : [{ address, release: undefined, account }];
  });
}

/** Lists the open inlets and outlets that are watched, by the indexer. */
async function listedRecipients(
  { session, api, isWatched, outlets }: EarningsParameters,
  client: TributaryClient,
): Promise<Recipient[]> {
  const all: Recipient[] = [];
  const inlets = await everyRow(session, api, (query) => client.GET("/v1/inlets", { params: { query } }));
  for (const { inlet, release } of inlets) {
    const address = inlet as Address;
    if (isWatched(release)) all.push({ address, release, account: address });
  }
  if (outlets !== "all") return all;
  const open = await everyRow(session, api, (query) => client.GET("/v1/outlets", { params: { query } }));
  for (const { outlet, account } of open) {
    all.push({ address: outlet as Address, release: undefined, account: account as Address });
  }
  return all;
}

const PAGE = 500;

interface Page<Row> {
  data: Row[];
  next: string | null;
}

/** Reads all pages of a list. */
async function everyRow<Row>(
  session: Session,
  api: string,
  read: (query: { limit: number; after?: string }) => Promise<{ data?: Page<Row>; response: Response }>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | undefined; ;) {
    const { data, next } = await readAnswer(session, { api }, () =>
      read({ limit: PAGE, ...(after !== undefined && { after }) }),
    );
    rows.push(...data);
    if (next === null) return rows;
    after = next;
  }
}

/** Reads the claim plans of an inlet or an outlet. */
async function plansOf(
  { session, api }: EarningsParameters,
  { client, query }: Round,
  { address, account, release }: Recipient,
): Promise<ClaimPlan[]> {
  if (!client) return [];
  const { data } = await readAnswer(session, { api }, () =>
    client.GET("/v1/accounts/{address}/plan", { params: { path: { address: account.toLowerCase() }, query } }),
  );
  return release === undefined
    ? readOutletPlans(session.chain, account, data.outlet)
    : readClaimPlans(session.chain, address, data.plans);
}

/** Lists the steps that move what one recipient has in one currency. */
async function* movable(
  { session: { chain }, isWorth }: EarningsParameters,
  gasPrice: bigint,
  { address, account, release }: Recipient,
  priced: PricedCurrency,
  claimPlans: readonly ClaimPlan[],
): AsyncGenerator<PricedBalance> {
  const { currency } = priced;
  const planned = claimPlans.find((each) => each.currency.address === currency.address)?.assets ?? [];
  const { balance, credit, earned } = await readRecipient(chain, address, planned, currency);
  const worth = [...earned].filter(([, amount]) => isWorth(worthOf(amount, priced), CLAIM_GAS * gasPrice));
  const least = (release === undefined ? LEAST_PASS_GAS : LEAST_COLLECT_GAS) * gasPrice;
  for (const [i, assets] of assetLists(worth.map(([asset]) => asset)).entries()) {
    const claimed = assets.reduce((sum, asset) => sum + (earned.get(asset) ?? 0n), 0n);
    // Money that only lies in an inlet is synced.
    if (release !== undefined && claimed + credit === 0n) continue;
    const amount = claimed + (i === 0 ? balance + credit : 0n);
    if (!isWorth(worthOf(amount, priced), least)) continue;
    yield { step: stepFor({ release, account, assets, currency, amount }), amount, priced };
  }

  function stepFor(move: Move): CallStep {
    if (move.release !== undefined) return collectStep(chain, move.release, move);
    return passStep(chain.outlets.address, { ...move, what: exactText(move.amount, currency) });
  }
}

interface Move {
  release: number | undefined;
  account: Address;
  assets: readonly number[];
  currency: Currency;
  amount: bigint;
}
