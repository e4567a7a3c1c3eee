import { type Address, decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import type { Chain } from "../chain/chain.ts";
import { orRefusal } from "../errors/refusal.ts";
import type { Flow, Node } from "./settlement.ts";

/** Number of contract calls in one request: nodes limit the gas of a call. */
export const BATCH = 200;

/** Reads releases and their flows, many in one request. Releases never change, so each is read once. */
export class GraphReader {
  readonly nodes = new Map<number, Node>();
  readonly #chain: Chain;

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  /** @throws {UserError} if one of the releases does not exist. */
  async readNodes(releases: readonly number[]): Promise<void> {
    const unknown = releases.filter((release) => !this.nodes.has(release));
    const functionName = "releaseInfo";
    const answers = await this.#callLedger(
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
    const answers = await this.#callLedger(
      releases.map((release) => encodeFunctionData({ abi: ledgerAbi, functionName, args: [release, currency] })),
    );
    return new Map(
      releases.map((release, i) => {
        const [received, settled] = decodeFunctionResult({ abi: ledgerAbi, functionName, data: answers[i] ?? "0x" });
        return [release, { received, settled }];
      }),
    );
  }

  /** Sends many calls to the ledger in one `multicall`. */
  #callLedger(calls: readonly Hex[]): Promise<Hex[]> {
    const { client, deployment } = this.#chain;
    return inBatches(calls, async (batch) => {
      const call = { address: deployment.ledger, abi: ledgerAbi, functionName: "multicall", args: [batch] } as const;
      return (await orRefusal(client.simulateContract(call))).result;
    });
  }

  /** Returns the releases with all their ancestors. */
  async withAncestors(releases: readonly number[]): Promise<number[]> {
    const all = new Set<number>();
    for (let next = [...new Set(releases)]; next.length > 0;) {
      await this.readNodes(next);
      for (const release of next) all.add(release);
      next = this.withParents(next).filter((release) => !all.has(release));
    }
    return [...all];
  }

  /** Returns the releases with their direct contributions, for nodes that were read. */
  withParents(releases: readonly number[]): number[] {
    const parents = releases.flatMap((release) => this.nodes.get(release)?.contributions ?? []);
    return [...new Set([...releases, ...parents.map(({ release }) => release)])];
  }

  /** Returns those of the releases that were read, as nodes. */
  nodesOf(releases: readonly number[]): Map<number, Node> {
    return new Map(
      releases.flatMap((release) => {
        const node = this.nodes.get(release);
        return node ? [[release, node] as const] : [];
      }),
    );
  }
}

/** Sends many questions, one batch at a time, and returns all answers in order. */
export async function inBatches<T, R>(
  all: readonly T[],
  ask: (batch: readonly T[]) => Promise<readonly R[]>,
  most = BATCH,
): Promise<R[]> {
  const answers: R[] = [];
  for (let from = 0; from < all.length; from += most) answers.push(...(await ask(all.slice(from, from + most))));
  return answers;
}
