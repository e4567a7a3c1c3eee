import type { Address } from "viem";
import { type Carriage, carriage, type CarriageOptions } from "#protocol/settlement/carriage.ts";
import { portionBetween } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import { descendants } from "../lineage/reach.ts";
import { claimableOfHolding, projectBooks } from "../settled/projectedBooks.ts";
import { type ClaimPlanCall, claimPlanCalls } from "./claimPlanCalls.ts";
import type { ClaimPlan, ClaimPlanOptions, Entitlement, LeftOut, LeftOutReason, Owed, PlannedClaim } from "./plan.ts";
import { callGas, claimGas } from "./planGas.ts";
import { settlementOf } from "./settlement.ts";
import { type WeighedGraph, weighedGraph } from "./weighedGraph.ts";

/** The costs of gas, data and transactions, in base units of the currency. */
interface UnitCosts {
  gas: number;
  byte: number;
  transaction: number;
}

/** Plans everything that brings the account a base unit, whatever it costs. */
export function* planEverything(owed: Owed): Walk<ClaimPlan> {
  const { state, currency, entitlements } = owed;
  const books = state.booksOf(currency);
  if (!books) return planOf(owed, NOTHING, []);
  const earning = new Set<number>();
  for (const { asset, now, afterSettling } of entitlements) if (afterSettling > now) earning.add(asset);
  return yield* exactPlan(owed, books, yield* releasesThatPay(state, earning, currency, books), entitlements);
}

/** Without a price, an item must bring this part of what the plan brings on average for its gas. */
const LEAST_OF_AVERAGE = 0.01;
/** Each round lowers the price of gas to a hundredth of the plan's average at the price before. */
const MOST_ROUNDS = 60;
const COARSER = 8;

/** Plans what is worth its gas, and lists what is not. */
export function* planWorth(owed: Owed, options: ClaimPlanOptions): Walk<ClaimPlan> {
  const { state, currency, entitlements } = owed;
  const books = state.booksOf(currency);
  if (!books) return planOf(owed, NOTHING, []);
  const costs = unitCosts(state, currency, options);
  if (costs && costs.gas === 0 && costs.byte === 0 && costs.transaction === 0) return yield* planEverything(owed);
  const graph = yield* weighedGraph(owed, books);
  if (costs) {
    const plan = yield* bestPlan(owed, books, graph, costs);
    return plan ?? { ...planOf({ ...owed, fromCredit: 0n }, NOTHING, []), leftOut: allLeftOut(owed, books, costs) };
  }
  const assumed = yield* assumedCosts(entitlements, books, graph);
  const plan = yield* bestPlan(owed, books, graph, assumed, "average");
  return plan ?? (yield* planEverything(owed));
}

/**
 * Finds the price of gas that leaves out what brings less than a hundredth of the plan's average: the highest one that
 * agrees with the plan that it leads to. It starts from the densest asset, so that spam cannot lower the average.
 */
function* assumedCosts(entitlements: readonly Entitlement[], books: Books, graph: WeighedGraph): Walk<UnitCosts> {
  const densities = entitlements.map(({ afterSettling, holding }) => Number(afterSettling) / claimGas(books, holding));
  let gas = LEAST_OF_AVERAGE * densities.reduce((most, each) => Math.max(most, each), 0);
  for (let round = 0; round < MOST_ROUNDS && gas > 0; round++) {
    const found = yield* carriage(yield* graph.at({ gas, byte: 0 }), { least: 1 });
    const gasOfItems = graph.gasOf(found);
    if (!found.claimed.includes(1)) {
      gas /= COARSER;
      continue;
    }
    const average = (found.net + gas * gasOfItems) / (gasOfItems + callGas(true));
    const next = LEAST_OF_AVERAGE * average;
    if (next >= gas * 0.999_999) break;
    gas = next;
  }
  return { gas, byte: 0, transaction: 0 };
}

const CANDIDATES: readonly CarriageOptions[] = [{}, { hops: false }, { settles: false }];

/**
 * The number of releases up to which all candidates are computed to the unit. In the model of {@link carriage} the first
 * is never worse; what the calls cost differs from it by the warm slots, which matters in short plans only.
 */
const MOST_COMPARED = 5_000;

/**
 * Returns the best of three plans by amount less cost: with all releases, with the account's own releases only, and
 * with claims only. Returns undefined if none of them is worth its cost.
 */
function* bestPlan(
  owed: Owed,
  books: Books,
  graph: WeighedGraph,
  costs: UnitCosts,
  reason: LeftOutReason = "gas",
): Walk<ClaimPlan | undefined> {
  const weighed = yield* graph.at(costs);
  let best: { plan: ClaimPlan; found: Carriage } | undefined;
  let most = reason === "gas" ? 0 : -Infinity;
  for (const candidate of CANDIDATES) {
    if (best && best.plan.releases.length > MOST_COMPARED) break;
    const found = yield* carriage(weighed, { ...candidate, least: 1 });
    const claimed = owed.entitlements.filter((_, claim) => found.claimed[claim] === 1);
    const releases = yield* carriedOf(graph, found);
    const plan = yield* exactPlan(owed, books, releases, claimed);
    const worth =
      Number(plan.amount) - costOf(yield* claimPlanCalls(owed.state, owed.holder, plan, owed.outlet), costs);
    if (plan.amount === 0n || worth <= most) continue;
    most = worth;
    best = { plan, found };
  }
  if (!best) return undefined;
  return { ...best.plan, leftOut: yield* leftOut(owed, books, graph, best, reason) };
}

function* carriedOf({ ids }: WeighedGraph, { carried }: Carriage): Walk<number[]> {
  const releases: number[] = [];
  for (const [i, id] of ids.entries()) {
    if (i % (8 * STEPS_A_TURN) === 8 * STEPS_A_TURN - 1) yield;
    if (carried[i] === 1) releases.push(id);
  }
  return releases;
}

const costOf = (calls: readonly ClaimPlanCall[], costs: UnitCosts): number =>
  calls.reduce(
    (sum, { gas, data }) => sum + gas * costs.gas + (data.length / 2 - 1) * costs.byte + costs.transaction,
    0,
  );

const WEI = 10n ** 18n;

/** Converts costs from wei; undefined without a gas price and a price of the currency. */
function unitCosts(state: LedgerState, currency: Address, options: ClaimPlanOptions): UnitCosts | undefined {
  const isNative = state.creation.get("wrappedNative") === currency;
  const whole = 10n ** BigInt(state.currencies.get(currency)?.decimals ?? 0);
  const price = options.prices?.get(currency) ?? (isNative ? WEI : undefined);
  if (!options.costs || price === undefined) return undefined;
  const { gasPrice, byte = 0n, transaction = 0n } = options.costs;
  const inUnits = (wei: bigint) =>
    wei === 0n ? 0 : price === 0n ? Infinity : (Number(wei) * Number(whole)) / Number(price);
  return { gas: inUnits(gasPrice), byte: inUnits(byte), transaction: inUnits(transaction) };
}

/** Computes a plan to the unit: what these settlements move, and what the claims then pay. */
function* exactPlan(
  owed: Owed,
  books: Books,
  releases: readonly number[],
  entitlements: readonly Entitlement[],
): Walk<ClaimPlan> {
  const { state, currency } = owed;
  const settlement = yield* settlementOf(state, books, releases);
  const claims: (PlannedClaim & { density: number })[] = [];
  for (const [i, { asset, holding, isGift }] of entitlements.entries()) {
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const amount = claimableOfHolding(state, holding, currency, settlement.incomeOf(state.holdings.asset.get(holding)));
    if (amount === 0n) continue;
    claims.push({ asset, amount, isGift, density: Number(amount) / claimGas(books, holding) });
  }
  claims.sort((a, b) => b.density - a.density || a.asset - b.asset);
  return planOf(
    owed,
    settlement,
    claims.map(({ asset, amount, isGift }) => ({ asset, amount, isGift })),
  );
}

function planOf(
  { currency, fromCredit }: Owed,
  { releases, moves }: Pick<ClaimPlan, "releases" | "moves">,
  claims: PlannedClaim[],
): ClaimPlan {
  const amount = claims.reduce((sum, each) => sum + each.amount, fromCredit);
  const assets = claims.map(({ asset }) => asset).sort((a, b) => a - b);
  return { currency, releases, moves, claims, assets, fromCredit, amount, leftOut: [] };
}

const NOTHING: Pick<ClaimPlan, "releases" | "moves"> = { releases: [], moves: new Map() };

/** Lists what a plan leaves out: assets, and releases that would bring something to the assets of the plan. */
function* leftOut(
  owed: Owed,
  books: Books,
  graph: WeighedGraph,
  { plan, found }: { plan: ClaimPlan; found: Carriage },
  reason: LeftOutReason,
): Walk<LeftOut[]> {
  const planned = new Set(plan.assets);
  const all: LeftOut[] = owed.entitlements
    .filter(({ asset }) => !planned.has(asset))
    .map((each) => assetLeftOut(each, books, reason));
  const settled = new Set(plan.releases);
  const { releases } = owed.state;
  for (const [i, release] of graph.ids.entries()) {
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const amount = Math.floor((graph.own[i] ?? 0) * (found.worthOfAll[i] ?? 0));
    if (settled.has(release) || amount < 1) continue;
    all.push({
      asset: releases.asset.get(release - 1),
      release,
      amount: BigInt(amount),
      gas: graph.gas[i] ?? 0,
      reason,
      isGift: false,
    });
  }
  return all.sort(byAmount);
}

const assetLeftOut = (
  { asset, holding, afterSettling, isGift }: Entitlement,
  books: Books,
  reason: LeftOutReason,
): LeftOut => ({ asset, release: undefined, amount: afterSettling, gas: claimGas(books, holding), reason, isGift });

/** Lists everything as left out, because not even one transaction is worth its cost. */
const allLeftOut = ({ entitlements }: Owed, books: Books, costs: UnitCosts): LeftOut[] =>
  entitlements
    .map((each) => {
      const isWorthItsGas = Number(each.afterSettling) > claimGas(books, each.holding) * costs.gas;
      return assetLeftOut(each, books, isWorthItsGas ? "transaction" : "gas");
    })
    .sort(byAmount);

const byAmount = (a: LeftOut, b: LeftOut) => (a.amount < b.amount ? 1 : a.amount > b.amount ? -1 : 0);

/** Finds the releases that must still settle so that these assets get all their income, by descending id. */
function* releasesThatPay(
  state: LedgerState,
  assets: ReadonlySet<number>,
  currency: Address,
  books: Books,
): Walk<number[]> {
  const { releases } = state;
  const own = [...assets].flatMap((asset) => state.assets.get(asset)?.releases ?? []);
  const among = yield* descendants(state, own);
  const projected = yield* projectBooks(state, currency);
  const pays = new Set<number>();
  // Ids ascend, so that the releases that a release passes on to are decided before it.
  for (const [i, id] of among.entries()) {
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const row = id - 1;
    const [from, to] = [books.settled.get(row), projected.received.get(row)];
    if (to === from) continue;
    const moves = (weightPpm: number) => portionBetween(from, to, weightPpm) > 0n;
    const keeps = assets.has(releases.asset.get(row)) && moves(releases.ownWeightPpm.get(row));
    if (
      keeps ||
      [...releases.edgeRowsOf(id)].some((edge) => leadsToPaying(edge) && moves(releases.edgeWeightPpm.get(edge)))
    ) {
      pays.add(id);
    }
  }
  return [...pays].toReversed();

  function leadsToPaying(edge: number): boolean {
    return pays.has(releases.edgeTo.get(edge));
  }
}
