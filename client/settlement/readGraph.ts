import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, type PublicClient } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { UserError } from "#protocol/userError.ts";
import { reasonOf } from "../errors/explain.ts";
import type { Flow, Node } from "./settlement.ts";

/** So many answers of contracts are asked for in one request: nodes limit the gas of what they are asked. */
export const BATCH = 200;

interface LedgerOnChain {
  client: PublicClient;
  deployment: Pick<Deployment, "ledger">;
}

/** Reads releases and what went through them, many in a request. Releases never change: each is read once. */
export class GraphReader {
  readonly nodes = new Map<number, Node>();
  readonly #chain: LedgerOnChain;

  constructor(chain: LedgerOnChain) {
    this.#chain = chain;
  }

  /** @throws {UserError} if one of them does not exist. */
  async readNodes(releases: readonly number[]): Promise<void> {
    const unknown = releases.filter((release) => !this.nodes.has(release));
    const functionName = "releaseInfo";
    const answers = await this.#ask(
      unknown.map((release) => encodeFunctionData({ abi: ledgerAbi, functionName, args: [release] })),
    );
    for (const [i, release] of unknown.entries()) {
      const { ownWeight, contributions } = decodeFunctionResult({
        abi: ledgerAbi,
        functionName,
        data: answers[i] ?? "0x",
      });
      this.nodes.set(release, { ownWeight, contributions });
    }
  }

  async flows(releases: readonly number[], currency: Address): Promise<Map<number, Flow>> {
    const functionName = "flowOf";
    const answers = await this.#ask(
      releases.map((release) => encodeFunctionData({ abi: ledgerAbi, functionName, args: [release, currency] })),
    );
    return new Map(
      releases.map((release, i) => {
        const [received, settled] = decodeFunctionResult({ abi: ledgerAbi, functionName, data: answers[i] ?? "0x" });
        return [release, { received, settled }];
      }),
    );
  }

  /** Asks the ledger, which answers many calls in one. */
  #ask(calls: readonly Hex[]): Promise<Hex[]> {
    const { client, deployment } = this.#chain;
    return inBatches(calls, async (batch) => {
      const asked = { address: deployment.ledger, abi: ledgerAbi, functionName: "multicall", args: [batch] } as const;
      try {
        return (await client.simulateContract(asked)).result;
      } catch (error) {
        const reason = reasonOf(error);
        throw reason?.name === undefined ? error : new UserError(reason.says, { cause: error });
      }
    });
  }

  /** The releases and all that they were built from, directly or not. */
  async withAncestors(releases: readonly number[]): Promise<number[]> {
    const found = new Set<number>();
    for (let next = [...new Set(releases)]; next.length > 0;) {
      await this.readNodes(next);
      for (const release of next) found.add(release);
      const parents = next.flatMap((release) => this.nodes.get(release)?.contributions ?? []);
      next = [...new Set(parents.map(({ release }) => release))].filter((release) => !found.has(release));
    }
    return [...found];
  }

  /** Those of the nodes that were read. */
  nodesOf(releases: readonly number[]): Map<number, Node> {
    return new Map(
      releases.flatMap((release) => {
        const node = this.nodes.get(release);
        return node ? [[release, node] as const] : [];
      }),
    );
  }
}

/** Asks for many things, so many at a time. */
export async function inBatches<T, R>(
  all: readonly T[],
  ask: (batch: readonly T[]) => Promise<readonly R[]>,
  most = BATCH,
): Promise<R[]> {
  const found: R[] = [];
  for (let from = 0; from < all.length; from += most) found.push(...(await ask(all.slice(from, from + most))));
  return found;
}
