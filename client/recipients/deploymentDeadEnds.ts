import { type Address, getContractAddress, isAddressEqual, zeroAddress } from "viem";
import type { Chain } from "../chain/chain.ts";

/** Names of the contracts around the ledger. */
const PERIPHERY: Readonly<Record<string, string>> = {
  inlets: "the factory of inlets",
  outlets: "the factory of outlets",
  signedPayments: "the contract of signed payments",
  preview: "the preview contract",
};

/** Contracts that a factory of the deployment creates at first: the code that its inlets or outlets share. */
const FIRST_CREATIONS = [1n, 2n];

const known = new WeakMap<Chain, Promise<ReadonlyMap<string, string>>>();

/** Returns descriptions of the dead ends that a deployment has, by address in small letters. */
export function deploymentDeadEnds(chain: Chain): Promise<ReadonlyMap<string, string>> {
  const ends = known.get(chain) ?? readDeadEnds(chain);
  known.set(chain, ends);
  // A failed request is made again the next time.
  ends.catch(() => known.delete(chain));
  return ends;
}

async function readDeadEnds(chain: Chain): Promise<ReadonlyMap<string, string>> {
  const { registry, ledger, periphery } = chain.deployment;
  const [currencies, wrapped, identities] = await Promise.all([
    chain.currencies(),
    chain.ledger.read.wrappedNative(),
    chain.registry.read.identityRegistry(),
  ]);
  const ends = new Map<string, string>();
  // The first description of an address counts. The zero address stands for a contract that the deployment does not have.
  const add = (address: Address, is: string) => {
    const key = address.toLowerCase();
    if (key !== zeroAddress && !ends.has(key)) ends.set(key, is);
  };
  add(registry, "the registry of this deployment");
  add(ledger, "the ledger of this deployment");
  for (const [name, site] of Object.entries(periphery)) {
    if (!site || name === "timelock") continue;
    add(site.address, `${PERIPHERY[name] ?? `the contract "${name}"`} of this deployment`);
    for (const nonce of FIRST_CREATIONS) {
      const is = `the code behind ${name === "inlets" || name === "outlets" ? `the ${name}` : `"${name}"`} of this deployment`;
      add(getContractAddress({ from: site.address, nonce }), is);
    }
  }
  for (const { address, symbol } of currencies) {
    const is = isAddressEqual(address, wrapped) ? "the token that wraps native money" : "the currency itself";
    add(address, `${symbol}, ${is}`);
  }
  add(wrapped, "the token that wraps native money");
  add(chain.permit2, "Permit2");
  add(identities, "the registry of identities (ERC-8004)");
  return ends;
}
