import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  isAddressEqual,
  keccak256,
  parseAbi,
  type PublicClient,
  stringToHex,
  zeroAddress,
} from "viem";
import { checksSignatures, PROBE_GAS } from "../signing/accountKind.ts";
import { tryCall } from "../signing/tryCall.ts";
import type { TokenId } from "./recipient.ts";

const probeAbi = parseAbi([
  "function getThreshold() view returns (uint256)",
  "function getOwners() view returns (address[])",
  "function PROPOSER_ROLE() view returns (bytes32)",
  "function token() view returns (uint256 chainId, address contract, uint256 id)",
]);

/** A contract's own account of itself. */
export interface Probe {
  /** True if it implements ERC-1271. */
  isWallet: boolean;
  safe: { threshold: number; owners: number } | undefined;
  /** True if it is a timelock of OpenZeppelin's kind. */
  isTimelock: boolean;
  /** The token whose account it says it is (ERC-6551). */
  token: TokenId | undefined;
}

/** Asks a contract for its kind by calls that change nothing. A contract that answers nothing sensible is none of them. */
export async function probeContract(client: PublicClient, address: Address): Promise<Probe> {
  const [isWallet, threshold, owners, proposerRole, token] = await Promise.all([
    checksSignatures(client, address),
    read(client, address, "getThreshold"),
    read(client, address, "getOwners"),
    read(client, address, "PROPOSER_ROLE"),
    read(client, address, "token"),
  ]);
  const isSafe = typeof threshold === "bigint" && threshold > 0n && Array.isArray(owners) && owners.length >= threshold;
  return {
    isWallet: isWallet || isSafe,
    safe: isSafe ? { threshold: Number(threshold), owners: owners.length } : undefined,
    isTimelock: proposerRole === PROPOSER_ROLE,
    token: Array.isArray(token) ? readToken(token as [bigint, Address, bigint]) : undefined,
  };
}

const PROPOSER_ROLE = keccak256(stringToHex("PROPOSER_ROLE"));

function readToken([chainId, contract, id]: [bigint, Address, bigint]): TokenId | undefined {
  return chainId === 0n || isAddressEqual(contract, zeroAddress)
    ? undefined
    : { chainId: Number(chainId), contract, id };
}

async function read(
  client: PublicClient,
  address: Address,
  functionName: "getThreshold" | "getOwners" | "PROPOSER_ROLE" | "token",
): Promise<unknown> {
  const data = encodeFunctionData({ abi: probeAbi, functionName });
  const answer = await tryCall(client, { to: address, data, gas: PROBE_GAS });
  if (!answer.accepted) return undefined;
  try {
    return decodeFunctionResult({ abi: probeAbi, functionName, data: answer.data });
  } catch {
    return undefined; // another function, or a fallback that answers everything
  }
}
