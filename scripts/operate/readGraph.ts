import type { Address } from "viem";
import { ledgerAbi } from "../../indexer/contracts.ts";
import { UserError } from "../../indexer/userError.ts";
import type { Session } from "./session.ts";
import type { Flow, Node } from "./settlement.ts";

/** So many answers of contracts are asked for in one request. */
export const BATCH = 500;

/** Reads releases and what went through them, many in a request. Releases never change: each is read once. */
export class GraphReader {
  readonly nodes = new Map<number, Node>();
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** @throws {UserError} if one of them does not exist. */
  async readNodes(releases: readonly number[]): Promise<void> {
    const unknown = releases.filter((release) => !this.nodes.has(release));
    const infos = await inBatches(unknown, (batch) =>
      this.#session.client.multicall({
        deployless: true,
        batchSize: 0,
        contracts: batch.map(
          (release) =>
            ({
              address: this.#session.deployment.ledger,
              abi: ledgerAbi,
              functionName: "releaseInfo",
              args: [release],
            }) as const,
        ),
      }),
    );
    for (const [i, release] of unknown.entries()) {
      const info = infos[i]?.result;
      if (!info) throw new UserError(`There is no release ${release}.`);
      this.nodes.set(release, { ownWeight: info.ownWeight, contributions: info.contributions });
    }
  }

  async flows(releases: readonly number[], currency: Address): Promise<Map<number, Flow>> {
    const flows = await inBatches(releases, (batch) =>
      this.#session.client.multicall({
        deployless: true,
        allowFailure: false,
        batchSize: 0,
        contracts: batch.map(
          (release) =>
            ({
              address: this.#session.deployment.ledger,
              abi: ledgerAbi,
              functionName: "flowOf",
              args: [release, currency],
            }) as const,
        ),
      }),
    );
    return new Map(releases.map((release, i) => [release, asFlow(flows[i])]));
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

function asFlow(flow: readonly [bigint, bigint] | undefined): Flow {
  if (!flow) throw new Error("The ledger answered fewer flows than were asked for.");
  return { received: flow[0], settled: flow[1] };
}

/** Asks for many things, so many at a time. */
export async function inBatches<T, R>(
  all: readonly T[],
  ask: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const found: R[] = [];
  for (let from = 0; from < all.length; from += BATCH) found.push(...(await ask(all.slice(from, from + BATCH))));
  return found;
}
