import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  isAddressEqual,
  keccak256,
  parseAbi,
  type PublicClient,
  size,
  stringToHex,
  zeroAddress,
  zeroHash,
} from "viem";
import { revertDataOf } from "../errors/explain.ts";
import { contractSignatureAbi } from "../signing/accountKind.ts";
import type { TokenId } from "./recipient.ts";

const probeAbi = parseAbi([
  "function getThreshold() view returns (uint256)",
  "function getOwners() view returns (address[])",
  "function PROPOSER_ROLE() view returns (bytes32)",
  "function token() view returns (uint256 chainId, address contract, uint256 id)",
]);

/** Gas of a call that asks a stranger's contract. A wallet that checks a signature takes far less. */
const PROBE_GAS = 1_000_000n;

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

/** A selector that no function has, to see how a contract answers calls that it does not know. */
const NO_FUNCTION = "0x9d3f5e17";

/** Wrong signatures: none, and one of a key. Some wallets fail without a reason on the first, others on the second. */
const WRONG_SIGNATURES = ["0x", `0x${"11".repeat(64)}1b`] as const;

/**
 * Returns true if a contract answers `isValidSignature`, also by refusing a wrong signature with a reason, and answers an
 * unknown function otherwise: a fallback that accepts or refuses everything is no wallet.
 */
async function checksSignatures(client: PublicClient, address: Address): Promise<boolean> {
  const verdicts = WRONG_SIGNATURES.map(async (signature) => {
    const args = [zeroHash, signature] as const;
    const data = encodeFunctionData({ abi: contractSignatureAbi, functionName: "isValidSignature", args });
    const [answer, control] = await Promise.all([
      call(client, address, data),
      call(client, address, `${NO_FUNCTION}${data.slice(10)}`),
    ]);
    if (!answer || answer.data === "0x") return false;
    if (control && sameButSelector(answer, control, data.slice(2, 10))) return false;
    return answer.isRefusal || (size(answer.data) === 32 && /0{56}$/.test(answer.data));
  });
  return (await Promise.all(verdicts)).includes(true);
}

interface CallAnswer {
  isRefusal: boolean;
  data: Hex;
}

/** Returns true if two calls had the same answer. Errors of a fallback often name the selector that was called. */
function sameButSelector(one: CallAnswer, other: CallAnswer, selector: string): boolean {
  const renamed = one.data.replaceAll(selector, NO_FUNCTION.slice(2));
  return one.isRefusal === other.isRefusal && [one.data, renamed].includes(other.data);
}

async function call(client: PublicClient, to: Address, data: Hex): Promise<CallAnswer | undefined> {
  try {
    const result = await client.call({ to, data, gas: PROBE_GAS });
    return { isRefusal: false, data: result.data ?? "0x" };
  } catch (error) {
    const reason = revertDataOf(error);
    return reason === undefined ? undefined : { isRefusal: true, data: reason };
  }
}

async function read(
  client: PublicClient,
  address: Address,
  functionName: "getThreshold" | "getOwners" | "PROPOSER_ROLE" | "token",
): Promise<unknown> {
  const answer = await call(client, address, encodeFunctionData({ abi: probeAbi, functionName }));
  if (!answer || answer.isRefusal) return undefined;
  try {
    return decodeFunctionResult({ abi: probeAbi, functionName, data: answer.data });
  } catch {
    return undefined; // another function, or a fallback that answers everything
  }
}
