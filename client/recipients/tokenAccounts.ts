import type { Address } from "viem";
import type { Chain } from "../chain/chain.ts";
import { CloneAddresses, isAddressBytes, TOKEN_ACCOUNT_HEAD } from "#protocol/clones/cloneAddresses.ts";
import type { TokenId } from "./recipient.ts";

const TOKEN_ACCOUNT_REGISTRY: Address = "0x000000006551c19487814612e58FE06813775758";

/** Tokenbound's proxy and its account, the implementations in general use. */
const IMPLEMENTATIONS: readonly Address[] = [
  "0x55266d75D1a14E4572138116aF39863Ed6596E7F",
  "0x41C8f39463A868d3A88af00cd0fe7102F30E44eC",
];

/** Number of the newest assets, and of assets that do not exist yet, whose accounts are recognised before deployment. */
const NEWEST = 200;
const AHEAD = 50;

/**
 * Returns the asset whose token account (ERC-6551) would be deployed at an address without code; undefined if it is none
 * of the newest assets', of the next ones' and of the named one's with a known implementation and the usual salt.
 */
export function undeployedTokenAccount(
  { chainId, deployment: { registry } }: Chain,
  address: Address,
  { count, asset }: { count: number; asset: number | undefined },
): TokenId | undefined {
  for (const implementation of IMPLEMENTATIONS) {
    const addresses = new CloneAddresses(TOKEN_ACCOUNT_REGISTRY, implementation, TOKEN_ACCOUNT_HEAD, 128);
    addresses.setWord(1, BigInt(chainId));
    addresses.setWord(2, BigInt(registry));
    const ids = [...(asset === undefined ? [] : [asset]), ...newestFirst(count)];
    for (const id of ids) {
      addresses.setNumber(3, id);
      if (isAddressBytes(addresses.next(), address)) return { chainId, contract: registry, id: BigInt(id) };
    }
  }
  return undefined;
}

function* newestFirst(count: number) {
  for (let id = count + AHEAD; id > Math.max(0, count - NEWEST); id--) yield id;
}
