import { type Address, encodeFunctionData, erc20Abi } from "viem";
import { UserError } from "#protocol/userError.ts";
import { inletsAbi } from "#protocol/abis.ts";
import { listed, parseRelease } from "#client/acts/draft.ts";
import { exactText } from "#protocol/money.ts";
import { inBatches } from "#client/settlement/readGraph.ts";
import type { Session } from "../participant/session.ts";
import type { Step } from "../participant/transact.ts";
import type { Priced } from "./prices.ts";

/** What lies in an inlet and could become a fee. */
export interface Lying {
  step: Step;
  amount: bigint;
  priced: Priced;
}

const IN_ONE_CALL = { deployless: true, allowFailure: false, batchSize: 0 } as const;

/** Which releases' inlets to look at. */
export type Wanted = (release: number) => boolean;

/** @throws {UserError} unless it is "all", "none" or ranges such as "1-500,712". */
export function parseWanted(text: string): Wanted {
  if (text === "all") return () => true;
  if (text === "none") return () => false;
  const ranges = listed(text).map((each) => {
    const [first = "", last = first, ...rest] = each.split("-");
    if (rest.length > 0) throw new UserError(`"${each}" is no range of releases, such as 1-500.`);
    return { first: parseRelease(first), last: parseRelease(last) };
  });
  return (release) => ranges.some(({ first, last }) => first <= release && release <= last);
}

/** The least gas that a sync takes: less is never worth to look at more closely. */
export const LEAST_SYNC_GAS = 90_000n;

/**
 * Contracts other than the ledger are asked together by code that no chain holds. What that answers may not be longer than
 * a contract's code, 24,576 bytes.
 */
const DEPLOYLESS_BATCH = 100;
const AT_ONCE = 20;

/** Looks into inlets, many in a request. Their addresses never change: each is asked for once. */
export class InletReader {
  readonly #addresses = new Map<number, Address>();
  readonly #session: Session;
  readonly #wanted: Wanted;

  constructor(session: Session, wanted: Wanted) {
    this.#session = session;
    this.#wanted = wanted;
  }

  /** What lies in inlets, in the currencies that have a price. */
  async lying(prices: readonly Priced[]): Promise<Lying[]> {
    const count = await this.#session.ledger.read.releaseCount();
    const releases = Array.from({ length: count }, (_, i) => i + 1).filter(this.#wanted);
    if (releases.length === 0 || !this.#session.deployment.periphery.inlets) return [];
    await this.#readAddresses(releases);
    const wrapped = await this.#session.wrapped();
    const found: Lying[] = [];
    for (const priced of prices) {
      const isNative = priced.currency.address === wrapped?.address;
      const balances = await this.#balances(releases, priced.currency.address);
      const natives = isNative ? await this.#natives(releases) : [];
      for (const [i, release] of releases.entries()) {
        const native = natives[i] ?? 0n;
        const amount = (balances[i] ?? 0n) + native;
        if (amount > 0n) found.push({ step: this.#step(release, priced, amount, native > 0n), amount, priced });
      }
    }
    return found;
  }

  #step(release: number, { currency }: Priced, amount: bigint, native: boolean): Step {
    return {
      does: `Sync ${exactText(amount, currency)} in the inlet of release ${release}.`,
      to: this.#session.inlets.address,
      data: native
        ? encodeFunctionData({ abi: inletsAbi, functionName: "syncNative", args: [release] })
        : encodeFunctionData({ abi: inletsAbi, functionName: "sync", args: [release, currency.address] }),
    };
  }

  async #readAddresses(releases: readonly number[]): Promise<void> {
    const unknown = releases.filter((release) => !this.#addresses.has(release));
    const { address } = this.#session.inlets;
    const found = await inBatches(
      unknown,
      (batch) =>
        this.#session.client.multicall({
          ...IN_ONE_CALL,
          contracts: batch.map(
            (release) => ({ address, abi: inletsAbi, functionName: "inletOf", args: [release] }) as const,
          ),
        }),
      DEPLOYLESS_BATCH,
    );
    for (const [i, release] of unknown.entries()) {
      const inlet = found[i];
      if (inlet) this.#addresses.set(release, inlet);
    }
  }

  #inlets(releases: readonly number[]): Address[] {
    return releases.flatMap((release) => this.#addresses.get(release) ?? []);
  }

  #balances(releases: readonly number[], currency: Address): Promise<bigint[]> {
    return inBatches(
      this.#inlets(releases),
      (batch) =>
        this.#session.client.multicall({
          ...IN_ONE_CALL,
          contracts: batch.map(
            (inlet) => ({ address: currency, abi: erc20Abi, functionName: "balanceOf", args: [inlet] }) as const,
          ),
        }),
      DEPLOYLESS_BATCH,
    );
  }

  /** Nodes answer these one by one, a few at the same time. */
  #natives(releases: readonly number[]): Promise<bigint[]> {
    return inBatches(
      this.#inlets(releases),
      (batch) => Promise.all(batch.map((address) => this.#session.client.getBalance({ address }))),
      AT_ONCE,
    );
  }
}
