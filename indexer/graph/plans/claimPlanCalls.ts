import { type Address, encodeFunctionData, type Hex } from "viem";
import { ledgerAbi, outletsAbi } from "#protocol/abis.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Walk } from "../../scheduling/walk.ts";
import type { ClaimPlan, OutletRoute, PlannedClaim } from "./plan.ts";
import { calldataGas } from "./gasCosts.ts";
import { callGas, ITEM_CALLDATA, Meter, MOST_GAS, OPEN_GAS, PASS_GAS } from "./planGas.ts";

/** A transaction of a plan. The account must sign it; anyone can sign it if it only settles or passes on. */
export interface ClaimPlanCall {
  /** The ledger; for `pass`, the contract that opens outlets. */
  to: Address;
  functionName: "settle" | "multicall" | "withdraw" | "pass";
  data: Hex;
  /** Estimated from the storage that it touches: see {@link claimPlanCalls}. */
  gas: number;
}

/** The parts of a plan that its calls carry out. */
export type PlannedCalls = Pick<ClaimPlan, "currency" | "releases" | "moves" | "claims" | "fromCredit">;

const ITEMS_A_TURN = 32;
/** The highest gas of the items of a call; the heads of its lists take some calldata, too. */
const MOST = MOST_GAS - callGas(true) - 5_000;

/**
 * Turns a claim plan into transactions, in order, each with its calldata: `settle` as often as needed, then claims in as
 * many calls as needed, those that bring the most for their gas first. The last settlements and the first claims share a
 * call if they fit.
 *
 * A call that claims is a `multicall` of `settle`, `claimToCredit` and `withdraw`, to the account itself. Anyone can claim
 * for an account to its credit, also just before it. `collect` would then pay nothing; this pays the same, since it
 * withdraws what was due, wherever it is. The amount is exact, so prepaid credit stays.
 *
 * An outlet cannot call. Its plan first settles, then has the contract that opened it pass on: one `pass` a list of assets.
 *
 * The gas is an estimate: 21,000 + calldata + storage slots + logs + measured cost of the instructions. Each storage
 * slot counts where the transaction touches it first (2,100 to read; 2,900 more to change, 20,000 more to fill). The
 * estimate assumes a plain ERC-20 and an account that holds none of it.
 */
export function* claimPlanCalls(
  state: LedgerState,
  account: Address,
  plan: PlannedCalls,
  outlet?: OutletRoute,
): Walk<ClaimPlanCall[]> {
  const parts = yield* claimPlanParts(state, account, plan, outlet);
  return yield* encodeParts(parts, { ledger: state.ledger, account, currency: plan.currency, outlet });
}

interface EncodeParameters {
  ledger: Address;
  account: Address;
  currency: Address;
  outlet?: OutletRoute | undefined;
}

/** Encodes the parts of a plan. The first pass opens an outlet that is not open. */
export function* encodeParts(
  parts: readonly Part[],
  { ledger, account, currency, outlet }: EncodeParameters,
): Walk<ClaimPlanCall[]> {
  const calls: ClaimPlanCall[] = [];
  let opens = outlet?.isOpen === false;
  for (const [i, part] of parts.entries()) {
    if (i > 0) yield;
    if (outlet && part.releases.length === 0) {
      calls.push(part.passCall(outlet, currency, opens));
      opens = false;
    } else calls.push(part.call(ledger, account, currency));
  }
  return calls;
}

/** Divides a claim plan into the parts that {@link claimPlanCalls} encodes. */
export function* claimPlanParts(
  state: LedgerState,
  account: Address,
  plan: PlannedCalls,
  outlet?: OutletRoute,
): Walk<Part[]> {
  const books = state.booksOf(plan.currency);
  if (!books) return [];
  const meter = new Meter(state, books);
  const parts: Part[] = [];
  let part = new Part();
  let steps = 0;
  const close = () => {
    parts.push(part);
    meter.beginTransaction();
    part = new Part();
  };
  for (const release of plan.releases) {
    if (++steps % ITEMS_A_TURN === 0) yield;
    const { keeps, paid } = plan.moves.get(release) ?? { keeps: false, paid: [] };
    const gas = meter.settle(release, keeps, paid) + ITEM_CALLDATA;
    if (part.gas + gas > MOST && part.releases.length > 0) close();
    part.releases.push(release);
    part.gas += gas;
  }
  if (outlet && part.releases.length > 0) close();
  part.withdraws = plan.fromCredit;
  for (const claim of plan.claims) {
    if (++steps % ITEMS_A_TURN === 0) yield;
    const gas = meter.claim(account, claim.asset) + ITEM_CALLDATA;
    if (part.gas + gas > MOST) close();
    part.claims.push(claim);
    part.gas += gas;
  }
  if (part.releases.length > 0 || part.claims.length > 0 || part.withdraws > 0n) close();
  return parts;
}

/** The content of one call of a plan. */
export class Part {
  readonly releases: number[] = [];
  readonly claims: PlannedClaim[] = [];
  /** Withdrawn from credit beside the claims. */
  withdraws = 0n;
  /** The gas of the releases and claims, with their calldata. */
  gas = 0;

  #gasOfItems(): number {
    return this.gas - ITEM_CALLDATA * (this.releases.length + this.claims.length);
  }

  #assets(): number[] {
    return this.claims.map(({ asset }) => asset).sort((a, b) => a - b);
  }

  /** Has an outlet claim, and pass on that, its credit and what lies there. */
  passCall({ outlets: to, account }: OutletRoute, currency: Address, opens: boolean): ClaimPlanCall {
    const args = [account, this.#assets(), currency] as const;
    const data = encodeFunctionData({ abi: outletsAbi, functionName: "pass", args });
    const gas = callGas(true) + PASS_GAS + (opens ? OPEN_GAS : 0) + calldataGas(data) + this.#gasOfItems();
    return { to, functionName: "pass", data, gas };
  }

  call(ledger: Address, account: Address, currency: Address): ClaimPlanCall {
    const { releases, claims } = this;
    const assets = this.#assets();
    const amount = claims.reduce((sum, each) => sum + each.amount, this.withdraws);
    const calls: [ClaimPlanCall["functionName"], Hex][] = [];
    if (releases.length > 0) calls.push(["settle", encode("settle", [releases, currency])]);
    if (assets.length > 0) calls.push(["multicall", encode("claimToCredit", [account, assets, currency])]);
    if (amount > 0n) calls.push(["withdraw", encode("withdraw", [currency, amount, account])]);
    const [[single, only] = ["multicall", "0x"] as const, ...more] = calls;
    const [functionName, data] =
      more.length === 0
        ? [single, only]
        : (["multicall", encode("multicall", [calls.map(([, each]) => each)])] as const);
    return { to: ledger, functionName, data, gas: callGas(amount > 0n) + calldataGas(data) + this.#gasOfItems() };
  }
}

const encode = (functionName: string, args: unknown[]): Hex =>
  encodeFunctionData({ abi: ledgerAbi as readonly unknown[], functionName, args });
