import type { Address } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import type { Currency } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import { inBatches } from "../../settlement/readGraph.ts";

/** Calls in one deployless request, whose answer is limited to the size of a contract's code. */
const DEPLOYLESS_BATCH = 100;

/** Money of an inlet or an outlet in one currency, settled releases only. */
export interface RecipientMoney {
  currency: Currency;
  /** Lies at the address. */
  balance: bigint;
  credit: bigint;
  /** Earned by shares, and in neither credit nor the balance yet. */
  claimable: bigint;
  /** The assets that a claim would pay for: at least one base unit each. */
  assets: readonly number[];
  /** The parts of `claimable`, by asset. */
  earned: ReadonlyMap<number, bigint>;
}

/** Reads the money of an inlet or an outlet in one currency, with what it has earned with its shares of these assets. */
export async function readRecipient(
  chain: Chain,
  holder: Address,
  assets: readonly number[],
  currency: Currency,
): Promise<RecipientMoney> {
  const { client, deployment } = chain;
  const { address } = currency;
  const candidates = [...new Set(assets)];
  const [balance, credit, earned] = await Promise.all([
    chain.token(address).read.balanceOf([holder]),
    chain.ledger.read.creditOf([holder, address]),
    inBatches(
      candidates,
      (batch) =>
        client.multicall({
          deployless: true,
          allowFailure: false,
          batchSize: 0,
          contracts: batch.map(
            (asset) =>
              ({
                address: deployment.ledger,
                abi: ledgerAbi,
                functionName: "claimable",
                args: [holder, [asset], address],
              }) as const,
          ),
        }),
      DEPLOYLESS_BATCH,
    ),
  ]);
  const paying = candidates.filter((_, i) => (earned[i] ?? 0n) > 0n);
  const parts = new Map(candidates.map((asset, i) => [asset, earned[i] ?? 0n]));
  return {
    currency,
    balance,
    credit,
    claimable: earned.reduce((sum, each) => sum + each, 0n),
    assets: paying,
    earned: parts,
  };
}

/** Divides assets into lists that one transaction can claim for: some 30,000 gas each. */
export function assetLists(assets: readonly number[]): (readonly number[])[] {
  const lists: number[][] = [];
  for (let from = 0; from < assets.length; from += MAX_ASSETS) lists.push(assets.slice(from, from + MAX_ASSETS));
  return lists.length > 0 ? lists : [[]];
}
const MAX_ASSETS = 200;
