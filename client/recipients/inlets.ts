import { type Address, getContractAddress, hexToBytes } from "viem";
import type { Chain } from "../chain/chain.ts";
import { addressKey, CloneAddresses, isAddressBytes, ONE_WORD_CLONE_HEAD } from "#protocol/clones/cloneAddresses.ts";

/** Number of inlets of releases that do not exist yet that are recognised before they are deployed. */
export const INLETS_AHEAD = 5_000;

/** Number of inlets that are computed without a pause: some 20 ms. */
const CHUNK = 1_000;

/** The addresses of a deployment's inlets, computed without requests as far as they are needed, and kept. */
export class InletIndex {
  readonly implementation: Address;
  readonly #addresses: CloneAddresses;
  readonly #releases = new Map<number, number>();
  #computed = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(factory: Address, implementation: Address) {
    this.implementation = implementation;
    this.#addresses = new CloneAddresses(factory, implementation, ONE_WORD_CLONE_HEAD, 32);
  }

  /** Returns the release whose inlet has this address; undefined if it is the inlet of none of the first `count`. */
  async releaseOf(address: Address, count: number): Promise<number | undefined> {
    this.#work = this.#work.then(() => this.#extend(count));
    await this.#work;
    const release = this.#releases.get(addressKey(hexToBytes(address)));
    // The key is a part of the address only.
    return release !== undefined && isAddressBytes(this.#addressOf(release), address) ? release : undefined;
  }

  async #extend(count: number): Promise<void> {
    while (this.#computed < count) {
      const end = Math.min(count, this.#computed + CHUNK);
      while (this.#computed < end) {
        this.#computed++;
        this.#releases.set(addressKey(this.#addressOf(this.#computed)), this.#computed);
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  #addressOf(release: number): Uint8Array {
    this.#addresses.setNumber(0, release);
    return this.#addresses.next();
  }
}

const indexes = new Map<string, Promise<InletIndex | undefined>>();

/**
 * Returns the index of a deployment's inlets, checked once against the contract; undefined if the deployment has no
 * inlets, or another factory, whose addresses cannot be computed.
 */
export function inletIndex(chain: Chain): Promise<InletIndex | undefined> {
  const factory = chain.deployment.periphery.inlets?.address;
  if (factory === undefined) return Promise.resolve(undefined);
  const key = `${chain.chainId}/${factory}`;
  const index = indexes.get(key) ?? openIndex(chain, factory);
  indexes.set(key, index);
  // A failed request is made again the next time.
  index.catch(() => indexes.delete(key));
  return index;
}

async function openIndex(chain: Chain, factory: Address): Promise<InletIndex | undefined> {
  // The factory creates the inlets' code first.
  const implementation = getContractAddress({ from: factory, nonce: 1n });
  const index = new InletIndex(factory, implementation);
  const first = await chain.inlets.read.inletOf([1]);
  return (await index.releaseOf(first, 1)) === 1 ? index : undefined;
}
