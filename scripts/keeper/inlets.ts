import { type Address, erc20Abi } from "viem";
import { collectStep, syncNativeStep, syncStep } from "#client/acts/paying/sync.ts";
import type { Chain } from "#client/chain/chain.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { splitList } from "#client/parsing/splitList.ts";
import type { CallStep } from "#client/plan/plan.ts";
import { inBatches } from "#client/settlement/readGraph.ts";
import { inletsAbi, ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { PricedCurrency } from "./prices.ts";

/** Money in an inlet that could become a fee, and the step that makes it one. */
export interface PricedBalance {
  step: CallStep;
  amount: bigint;
  priced: PricedCurrency;
}

const IN_ONE_CALL = { deployless: true, allowFailure: false, batchSize: 0 } as const;

/** Returns true for a release whose inlet the keeper checks. */
export type IsWatched = (release: number) => boolean;

/** @throws {UserError} if the text is not "all", "none" or ranges such as "1-500,712". */
export function parseWatched(text: string): IsWatched {
  if (text === "all") return () => true;
  if (text === "none") return () => false;
  const ranges = splitList(text).map((each) => {
    const [first = "", last = first, ...rest] = each.split("-");
    if (rest.length > 0)
      throw new UserError(`"${each}" is not a range of releases. Write all, none, or ranges such as 1-500,712.`);
    return { first: parseRelease(first), last: parseRelease(last) };
  });
  return (release) => ranges.some(({ first, last }) => first <= release && release <= last);
}

/** The least gas that a sync takes. A balance that is worth less is not simulated. */
export const MIN_SYNC_GAS = 90_000n;

/**
 * Calls in one deployless request: it runs code that is not deployed, and its answer is limited to the size of a
 * contract's code, 24,576 bytes.
 */
const DEPLOYLESS_BATCH = 100;
const AT_ONCE = 20;

/** Reads the balances of inlets, many in one request. Their addresses never change, so each is read once. */
export class InletReader {
  readonly #addresses = new Map<number, Address>();
  readonly #chain: Chain;
  readonly #isWatched: IsWatched;

  constructor(chain: Chain, isWatched: IsWatched) {
    this.#chain = chain;
    this.#isWatched = isWatched;
  }

  /** Reads the balances and the credit of the inlets, in the currencies that have a price. */
  async balances(prices: readonly PricedCurrency[]): Promise<PricedBalance[]> {
    const count = await this.#chain.ledger.read.releaseCount();
    const releases = Array.from({ length: count }, (_, i) => i + 1).filter(this.#isWatched);
    if (releases.length === 0 || !this.#chain.deployment.periphery.inlets) return [];
    await this.#readAddresses(releases);
    const wrapped = await this.#chain.wrappedNative();
    const balances: PricedBalance[] = [];
    for (const priced of prices) {
      const isWrapped = priced.currency.address === wrapped?.address;
      const tokens = await this.#tokens(releases, priced.currency.address);
      const natives = isWrapped ? await this.#natives(releases) : [];
      const credits = await this.#credits(releases, priced.currency.address);
      for (const [i, release] of releases.entries()) {
        const [token, native, credit] = [tokens[i] ?? 0n, natives[i] ?? 0n, credits[i] ?? 0n];
        if (credit > 0n) {
          const { currency } = priced;
          const amount = credit + token;
          balances.push({ step: collectStep(this.#chain, release, { assets: [], currency, amount }), amount, priced });
          // The tokens that lie there are collected with it.
          if (native === 0n) continue;
        }
        if (token + native === 0n) continue;
        balances.push({ step: this.#step(release, priced, token, native), amount: token + native, priced });
      }
    }
    return balances;
  }

  #step(release: number, { currency }: PricedCurrency, token: bigint, native: bigint): CallStep {
    if (native === 0n) return syncStep(this.#chain, release, { currency, amount: token });
    const beside = token > 0n ? { amount: token, unit: currency } : undefined;
    return syncNativeStep(this.#chain, release, { native: { amount: native }, beside, wrapped: currency });
  }

  async #readAddresses(releases: readonly number[]): Promise<void> {
    const missing = releases.filter((release) => !this.#addresses.has(release));
    const { address } = this.#chain.inlets;
    const addresses = await inBatches(
      missing,
      (batch) =>
        this.#chain.client.multicall({
          ...IN_ONE_CALL,
          contracts: batch.map(
            (release) => ({ address, abi: inletsAbi, functionName: "inletOf", args: [release] }) as const,
          ),
        }),
      DEPLOYLESS_BATCH,
    );
    for (const [i, release] of missing.entries()) {
      const inlet = addresses[i];
      if (inlet) this.#addresses.set(release, inlet);
    }
  }

  #inlets(releases: readonly number[]): Address[] {
    return releases.flatMap((release) => this.#addresses.get(release) ?? []);
  }

  #tokens(releases: readonly number[], currency: Address): Promise<bigint[]> {
    return inBatches(
      this.#inlets(releases),
      (batch) =>
        this.#chain.client.multicall({
          ...IN_ONE_CALL,
          contracts: batch.map(
            (inlet) => ({ address: currency, abi: erc20Abi, functionName: "balanceOf", args: [inlet] }) as const,
          ),
        }),
      DEPLOYLESS_BATCH,
    );
  }

  /** Reads credit. The inlets of a deployment without outlets are older and cannot collect it. */
  async #credits(releases: readonly number[], currency: Address): Promise<bigint[]> {
    const { ledger: address, periphery } = this.#chain.deployment;
    if (!periphery.outlets) return [];
    return inBatches(
      this.#inlets(releases),
      (batch) =>
        this.#chain.client.multicall({
          ...IN_ONE_CALL,
          contracts: batch.map(
            (inlet) => ({ address, abi: ledgerAbi, functionName: "creditOf", args: [inlet, currency] }) as const,
          ),
        }),
      DEPLOYLESS_BATCH,
    );
  }

  /** Reads native balances: one request each, a few at the same time. */
  #natives(releases: readonly number[]): Promise<bigint[]> {
    return inBatches(
      this.#inlets(releases),
      (batch) => Promise.all(batch.map((address) => this.#chain.client.getBalance({ address }))),
      AT_ONCE,
    );
  }
}
