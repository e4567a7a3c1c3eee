import type { Address } from "viem";
import { type Carriage, carriage, type CarriageGraph, type CarriageOptions } from "#protocol/settlement/carriage.ts";
import { portionBetween } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import { descendants } from "../lineage/reach.ts";
import { claimableOfHolding, projectBooks } from "../settled/projectedBooks.ts";
import { type ClaimPlanCall, claimPlanParts, encodeParts, type Part } from "./claimPlanCalls.ts";
import type { ClaimPlan, ClaimPlanOptions, Entitlement, LeftOut, LeftOutReason, Owed, PlannedClaim } from "./plan.ts";
import { CHANGE, COLD_READ } from "./gasCosts.ts";
import { callGas, claimGas, OPEN_GAS, PASS_GAS } from "./planGas.ts";
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
  const { state, currency } = owed;
  const books = state.booksOf(currency);
  if (!books) return planOf(owed, NOTHING, []);
  const costs = unitCosts(state, currency, options);
  if (costs && costs.gas === 0 && costs.byte === 0 && costs.transaction === 0) return yield* planEverything(owed);
  const graph = yield* weighedGraph(owed, books);
  if (costs) {
    const plan = yield* bestPlan(owed, books, graph, costs);
    return plan ?? { ...planOf({ ...owed, fromCredit: 0n }, NOTHING, []), leftOut: allLeftOut(owed, books, costs) };
  }
  const assumed = yield* assumedCosts(owed, books, graph);
  const plan = yield* bestPlan(owed, books, graph, assumed, "average");
  return plan ?? (yield* planEverything(owed));
}

/**
 * Finds the price of gas that leaves out what brings less than a hundredth of the plan's average: the highest one that
 * agrees with the plan that it leads to. It starts from the densest asset, so that spam cannot lower the average. What was
 * claimed to credit counts: anyone can claim for the account, and what is left would be the average otherwise.
 */
function* assumedCosts({ entitlements, fromCredit }: Owed, books: Books, graph: WeighedGraph): Walk<UnitCosts> {
  const densities = entitlements.map(({ afterSettling, holding }) => Number(afterSettling) / claimGas(books, holding));
  const credit = Number(fromCredit);
  let gas = LEAST_OF_AVERAGE * densities.reduce((most, each) => Math.max(most, each), credit / callGas(true));
  for (let round = 0; round < MOST_ROUNDS && gas > 0; round++) {
    const found = yield* carriage(yield* graph.at({ gas, byte: 0 }), { least: 1 });
    const gasOfItems = graph.gasOf(found);
    if (credit === 0 && !found.claimed.includes(1)) {
      gas /= COARSER;
      continue;
    }
    const average = (credit + found.net + gas * gasOfItems) / (gasOfItems + callGas(true));
    const next = LEAST_OF_AVERAGE * average;
    if (next >= gas * 0.999_999) break;
    gas = next;
  }
  return { gas, byte: 0, transaction: 0 };
}

const CANDIDATES: readonly CarriageOptions[] = [{}, { hops: false }, { settles: false }];

/**
 * The number of releases up to which all candidates are computed to the unit. In the model of {@link carriage} the first
 * is never worse; what the calls cost differs from it by the slots that are warm, and by those that several calls touch.
 */
const MOST_COMPARED = 5_000;

interface Candidate {
  plan: ClaimPlan;
  found: Carriage;
  parts: readonly Part[];
  /** The amount less the cost of the calls. */
  worth: number;
  /** The gas of the calls, and as the model counts it. */
  gas: number;
  counted: number;
  /** True if the calls take more gas than the model counts. */
  isDearer: boolean;
}

/**
 * Returns the best of several plans by amount less cost: with all releases, with the account's own releases only, and
 * with claims only; and if the calls take more gas than the model counts, with that counted. Returns undefined if none of
 * them is worth its cost.
 */
function* bestPlan(
  owed: Owed,
  books: Books,
  graph: WeighedGraph,
  costs: UnitCosts,
  reason: LeftOutReason = "gas",
): Walk<ClaimPlan | undefined> {
  const weighed = yield* graph.at(costs);
  let best: Candidate | undefined;
  function* consider(candidate: CarriageGraph, options: CarriageOptions = {}): Walk<Candidate> {
    const found = yield* carriage(candidate, { ...options, least: 1 });
    const considered = yield* candidateOf(owed, books, graph, found, costs);
    const least = best ? best.worth : reason === "gas" ? 0 : -Infinity;
    if (considered.plan.amount > 0n && considered.worth > least) best = considered;
    return considered;
  }
  for (const options of CANDIDATES) {
    const considered = yield* consider(weighed, options);
    if (options === CANDIDATES[0] && considered.isDearer) {
      const more = new Float64Array(graph.ids.length);
      let last = considered;
      const rounds = considered.plan.releases.length > MOST_COMPARED ? 0 : MOST_REPRICED;
      for (let round = 0; round < rounds && last.isDearer; round++) {
        if (!(yield* addTouchedAgain(graph, last.parts, more))) break;
        last = yield* consider(yield* graph.at(costs, more));
      }
      if (last.isDearer && mayMatter(last, costs)) {
        yield* consider(yield* graph.at(costs, allTouchedAgain(graph)));
      }
    }
    if (considered.plan.releases.length > MOST_COMPARED && best) break;
  }
  if (!best) return undefined;
  return { ...best.plan, leftOut: yield* leftOut(owed, books, graph, best, reason) };
}

/** The part of a plan's worth below which a further candidate of more than {@link MOST_COMPARED} is not computed. */
const LEAST_PART = 0.001;

/** Returns true if what the calls touch again may cost more than a small part of what the plan is worth. */
function mayMatter({ plan, gas, counted, worth }: Candidate, costs: UnitCosts): boolean {
  return plan.releases.length <= MOST_COMPARED || (gas - counted) * costs.gas > LEAST_PART * worth;
}

function* candidateOf(
  owed: Owed,
  books: Books,
  graph: WeighedGraph,
  found: Carriage,
  costs: UnitCosts,
): Walk<Candidate> {
  const { state, holder, currency, outlet } = owed;
  const claimed = owed.entitlements.filter((_, claim) => found.claimed[claim] === 1);
  let plan = yield* exactPlan(owed, books, yield* carriedOf(graph, found), claimed);
  const parts = yield* claimPlanParts(state, holder, plan, outlet);
  const calls = yield* encodeParts(parts, { ledger: state.ledger, account: holder, currency, outlet });
  // Claims are charged for a part of a call each. The last call may bring less than a whole one costs.
  for (let last = parts.at(-1); parts.length > 1 && last?.releases.length === 0; last = parts.at(-1)) {
    const brings = last.claims.reduce((sum, { amount }) => sum + amount, last.withdraws);
    if (last.withdraws > 0n || Number(brings) > costOf(calls.slice(-1), costs)) break;
    const dropped = new Set(last.claims);
    plan = {
      ...planOf(
        owed,
        plan,
        plan.claims.filter((each) => !dropped.has(each)),
      ),
    };
    parts.pop();
    calls.pop();
  }
  const gas = calls.reduce((sum, each) => sum + each.gas, 0);
  const passes = outlet ? parts.filter(({ releases }) => releases.length === 0).length : 0;
  const ofOutlet = passes * PASS_GAS + (outlet?.isOpen === false ? OPEN_GAS : 0);
  const counted = graph.gasOf(found) + parts.length * callGas(true) + ofOutlet;
  const isDearer = parts.length > 1 && gas > counted;
  return { plan, found, parts, worth: Number(plan.amount) - costOf(calls, costs), gas, counted, isDearer };
}

/** The number of times that releases are charged for what the calls of the plan before touched again. */
const MOST_REPRICED = 3;
/** The gas of changing a release's slot in one more transaction. */
const TOUCHED_AGAIN = COLD_READ + CHANGE;

/**
 * Charges releases for the slots that they touch before the call in which these are settled: strangers can publish
 * releases with many contributions, which fit with few of those that they pay into one call. Returns false if this adds
 * nothing.
 *
 * @param more The further gas of each release, which only rises.
 */
function* addTouchedAgain(graph: WeighedGraph, parts: readonly Part[], more: Float64Array): Walk<boolean> {
  const { ids, firstEdge, edgeTo } = graph;
  const callOf = new Map<number, number>();
  for (const [call, { releases }] of parts.entries()) for (const id of releases) callOf.set(id, call);
  const calls = Int32Array.from(ids, (id) => callOf.get(id) ?? -1);
  // Releases are settled by their places. So the calls that touch a place come one after the other, too.
  const [touchedIn, touches] = [new Int32Array(ids.length).fill(-1), new Uint32Array(edgeTo.length)];
  const firstTouch = new Uint32Array(ids.length);
  const isAgain = (call: number, edge: number) => (calls[edgeTo[edge] ?? 0] ?? -1) > call;
  let rises = false;
  for (const isCounting of [true, false]) {
    touchedIn.fill(-1);
    for (const [i, call] of calls.entries()) {
      if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
      if (call < 0) continue;
      let gas = 0;
      for (let edge = firstEdge[i] ?? 0; edge < (firstEdge[i + 1] ?? 0); edge++) {
        const to = edgeTo[edge] ?? 0;
        if (!isAgain(call, edge)) continue;
        if (touchedIn[to] !== call) [touchedIn[to], firstTouch[to]] = [call, edge];
        // The edge that touches a place first in a call counts those that do.
        const first = firstTouch[to] ?? 0;
        if (isCounting) touches[first] = (touches[first] ?? 0) + 1;
        else gas += TOUCHED_AGAIN / (touches[first] ?? 1);
      }
      if (isCounting || gas <= (more[i] ?? 0)) continue;
      more[i] = gas;
      rises = true;
    }
  }
  return rises;
}

/** Charges each edge as if the release that it pays were settled in another call. */
const allTouchedAgain = ({ ids, firstEdge }: WeighedGraph): Float64Array =>
  Float64Array.from(ids, (_, i) => TOUCHED_AGAIN * ((firstEdge[i + 1] ?? 0) - (firstEdge[i] ?? 0)));

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
