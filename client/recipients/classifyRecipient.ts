import { type Address, getAddress, hexToNumber, isAddressEqual, parseAbi, type PublicClient } from "viem";
import type { Chain } from "../chain/chain.ts";
import { ifAnswered } from "../errors/ifAnswered.ts";
import { delegateOf } from "../signing/accountKind.ts";
import { readClone } from "#protocol/clones/cloneAddresses.ts";
import { deploymentDeadEnds } from "./deploymentDeadEnds.ts";
import { inletIndex, INLETS_AHEAD } from "./inlets.ts";
import { knownDeadEnd } from "./knownDeadEnds.ts";
import { outletAmong } from "./outlets.ts";
import { probeContract } from "./probeContract.ts";
import type { AddressKind, TokenId, TokenOwner } from "./recipient.ts";
import { undeployedTokenAccount } from "./tokenAccounts.ts";

/** The chain that an address is looked up on. */
export interface Surroundings {
  client: PublicClient;
  /** The deployment; undefined before there is one. */
  chain?: Chain;
  /** Descriptions of further dead ends, by address in small letters. */
  deadEnds?: ReadonlyMap<string, string>;
}

export interface ClassifyOptions {
  /** The asset that the address is to own or to hold shares of; undefined if it does not exist yet. */
  asset?: number | undefined;
  /** The owner that the asset will have, if it is about to change. */
  assetOwner?: Address | undefined;
  /** Accounts whose outlets are recognised before they are deployed. */
  related?: readonly Address[];
}

/**
 * Determines the means by which an address can act.
 *
 * @example
 * ```ts
 * const { kind } = await classifyRecipient({ client: chain.client, chain }, "0x…");
 * ```
 */
export async function classifyRecipient(
  surroundings: Surroundings,
  address: Address,
  options: ClassifyOptions = {},
): Promise<AddressKind> {
  const { client, chain, deadEnds } = surroundings;
  const key = address.toLowerCase();
  const is = (chain && (await deploymentDeadEnds(chain)).get(key)) ?? deadEnds?.get(key) ?? knownDeadEnd(address);
  if (is !== undefined) return { kind: "deadEnd", is };

  const [code = "0x", transactions] = await Promise.all([
    client.getCode({ address }),
    client.getTransactionCount({ address }),
  ]);
  if (code === "0x") {
    // Only an account with a key can have sent transactions, or have a delegation that it has taken back.
    return transactions > 0 || !chain ? { kind: "account" } : undeployed(chain, address, options);
  }
  const to = delegateOf(code);
  if (to) return { kind: "delegated", to };
  return (chain && (await deployedClone(chain, address, code))) ?? contractKind(surroundings, address, options);
}

/** Recognises the address of a contract of this deployment, or of an asset's token account, that is not deployed yet. */
async function undeployed(chain: Chain, address: Address, options: ClassifyOptions): Promise<AddressKind> {
  const { asset, related = [] } = options;
  const count = await chain.ledger.read.releaseCount();
  const inlets = await inletIndex(chain);
  const release = await inlets?.releaseOf(address, count + INLETS_AHEAD);
  if (release !== undefined) return { kind: "inlet", release, exists: release <= count };

  const of = outletAmong(chain, address, related);
  if (of) return { kind: "outlet", of };

  const token = undeployedTokenAccount(chain, address, { count, asset });
  return token ? tokenAccount({ client: chain.client, chain }, token, options) : { kind: "account" };
}

/** Recognises a deployed inlet or outlet by the arguments behind its code. */
async function deployedClone(chain: Chain, address: Address, code: string): Promise<AddressKind | undefined> {
  const clone = readClone(code);
  if (clone?.args.length !== 64) return undefined;
  const index = await inletIndex(chain);
  if (index && isAddressEqual(index.implementation, clone.implementation)) {
    const release = hexToNumber(`0x${clone.args.slice(-10)}`);
    return { kind: "inlet", release, exists: release <= (await chain.ledger.read.releaseCount()) };
  }
  const of = getAddress(`0x${clone.args.slice(-40)}`);
  return outletAmong(chain, address, [of]) ? { kind: "outlet", of } : undefined;
}

async function contractKind(
  surroundings: Surroundings,
  address: Address,
  options: ClassifyOptions,
): Promise<AddressKind> {
  const { isWallet, safe, isTimelock, token } = await probeContract(surroundings.client, address);
  if (isTimelock) return { kind: "timelock" };
  if (token && !safe) return tokenAccount(surroundings, token, options);
  return isWallet ? { kind: "wallet", ...(safe && { safe }) } : { kind: "contract" };
}

async function tokenAccount(
  surroundings: Surroundings,
  token: TokenId,
  options: ClassifyOptions,
): Promise<AddressKind> {
  return { kind: "tokenAccount", token, owner: await tokenOwner(surroundings, token, options) };
}

const ownerAbi = parseAbi(["function ownerOf(uint256 id) view returns (address)"]);

/** Number of token accounts that a chain of owners is followed through. */
const LONGEST_CHAIN = 8;

/** Follows the owners of a token account's token up to an address that is no token account. */
async function tokenOwner(
  surroundings: Surroundings,
  first: TokenId,
  { asset, assetOwner, ...options }: ClassifyOptions,
): Promise<TokenOwner> {
  const { client, chain } = surroundings;
  const seen: TokenId[] = [];
  for (let token = first; seen.length < LONGEST_CHAIN;) {
    const { contract, id, chainId } = token;
    if (chainId !== (chain?.chainId ?? (await client.getChainId()))) return { end: "elsewhere" };
    if (seen.some((each) => isSameToken(each, token))) return { end: "circle" };
    seen.push(token);
    const isTheAsset = chain && isAddressEqual(contract, chain.deployment.registry) && id === BigInt(asset ?? 0);
    const address =
      isTheAsset && assetOwner
        ? assetOwner
        : await ifAnswered(
            client.readContract({ address: contract, abi: ownerAbi, functionName: "ownerOf", args: [id] }),
          );
    if (address === undefined) return { end: "noToken" };
    const next = await tokenOf(surroundings, address, asset);
    if (!next) return { end: "owner", address, kind: await classifyRecipient(surroundings, address, options) };
    token = next;
  }
  return { end: "tooLong" };
}

/** Returns the token whose account an address is, deployed or not; undefined if it is none. */
async function tokenOf({ client, chain }: Surroundings, address: Address, asset: number | undefined) {
  if (((await client.getCode({ address })) ?? "0x") !== "0x") return (await probeContract(client, address)).token;
  if (!chain || (await client.getTransactionCount({ address })) > 0) return undefined;
  return undeployedTokenAccount(chain, address, { count: await chain.ledger.read.releaseCount(), asset });
}

const isSameToken = (one: TokenId, other: TokenId) =>
  one.id === other.id && one.chainId === other.chainId && isAddressEqual(one.contract, other.contract);
