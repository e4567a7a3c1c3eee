import { settleDirectFees } from "../ledger/entitlements.ts";
import { portionBetween, portionDown, WHOLE_PPM } from "../ledger/split.ts";
import type { Fee, LedgerState } from "../ledger/state.ts";

/** What one release got of a fee, in base units: received = kept + Σ passed + the fraction that no one is due yet. */
export interface TraceHop {
  release: number;
  asset: number;
  received: bigint;
  /** For its own asset: the commons' part and the shareholders'. */
  kept: bigint;
  passed: { to: number; amount: bigint }[];
}

export interface FeeTrace {
  /** From the paid release to the oldest ancestor, by descending id. */
  hops: TraceHop[];
  /** By asset that kept something, the most first. */
  assets: { asset: number; kept: bigint; commons: bigint; shareholders: bigint }[];
  /** Base units that this fee added to fractions below a unit, which later fees complete. May be negative. */
  pending: bigint;
}

/**
 * Where one fee goes, hop by hop, to the unit: what everyone is due once everything is settled with all fees up to and
 * including this one, less what they were due with the fees before it. So the traces of all fees add up to the ledger's
 * totals exactly, whoever settles and when.
 */
export function traceFee(state: LedgerState, fee: Fee): FeeTrace {
  const direct = new Map<number, bigint>();
  for (const earlier of state.fees) {
    if (earlier === fee) break;
    if (earlier.currency !== fee.currency) continue;
    direct.set(earlier.release, (direct.get(earlier.release) ?? 0n) + earlier.amount);
  }
  const before = settleDirectFees(state, direct);
  const hops = hopsOf(state, before.received, fee.release, fee.amount);
  return { hops, ...assetsOf(state, before.income, fee.amount, hops) };
}

/**
 * Traces many fees of one currency in one pass over all of them.
 *
 * @param visit Called with each fee of the currency, in order of payment, and its hops.
 */
export function traceAllFees(state: LedgerState, currency: string, visit: (fee: Fee, hops: TraceHop[]) => void): void {
  const received = new Map<number, bigint>();
  for (const fee of state.fees) {
    if (fee.currency !== currency) continue;
    const hops = hopsOf(state, received, fee.release, fee.amount);
    for (const hop of hops) received.set(hop.release, (received.get(hop.release) ?? 0n) + hop.received);
    visit(fee, hops);
  }
}

function hopsOf(
  state: LedgerState,
  before: ReadonlyMap<number, bigint>,
  paidRelease: number,
  amount: bigint,
): TraceHop[] {
  const arrives = new Map([[paidRelease, amount]]);
  const waiting = [paidRelease];
  const hops: TraceHop[] = [];
  // Every release passes on to lower ids only, so the highest id that waits has got all that it will.
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const release = state.releases.get(id);
    const received = arrives.get(id);
    if (!release || received === undefined) continue;
    const from = before.get(id) ?? 0n;
    const to = from + received;
    const passed: TraceHop["passed"] = [];
    for (const { release: parent, weightPpm } of release.contributions) {
      const part = portionBetween(from, to, weightPpm);
      if (part === 0n) continue;
      passed.push({ to: parent, amount: part });
      if (!arrives.has(parent)) insertAscending(waiting, parent);
      arrives.set(parent, (arrives.get(parent) ?? 0n) + part);
    }
    const kept = portionBetween(from, to, release.ownWeightPpm);
    hops.push({ release: id, asset: release.asset, received, kept, passed });
  }
  return hops;
}

function insertAscending(sorted: number[], id: number): void {
  let at = sorted.length;
  while (at > 0 && (sorted[at - 1] ?? 0) > id) at--;
  sorted.splice(at, 0, id);
}

function assetsOf(state: LedgerState, before: ReadonlyMap<number, bigint>, amount: bigint, hops: TraceHop[]) {
  const kept = new Map<number, bigint>();
  for (const hop of hops) kept.set(hop.asset, (kept.get(hop.asset) ?? 0n) + hop.kept);
  const commonsPpm = state.commons?.ppm ?? 0;
  let pending = amount;
  const assets: FeeTrace["assets"] = [];
  for (const [asset, gained] of kept) {
    if (gained === 0n) continue;
    const from = before.get(asset) ?? 0n;
    const to = from + gained;
    const commons = portionDown(to, commonsPpm) - portionDown(from, commonsPpm);
    const shareholders = portionBetween(from, to, WHOLE_PPM - commonsPpm);
    assets.push({ asset, kept: gained, commons, shareholders });
    pending -= gained;
  }
  assets.sort((a, b) => (b.kept > a.kept ? 1 : b.kept < a.kept ? -1 : a.asset - b.asset));
  return { assets, pending };
}
