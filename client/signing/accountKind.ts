import {
  type Address,
  encodeFunctionData,
  getAddress,
  type Hex,
  isErc6492Signature,
  parseAbi,
  type PublicClient,
  size,
  zeroHash,
} from "viem";
import { hasFunction } from "./hasFunction.ts";
import { type CallOutcome, tryCall } from "./tryCall.ts";

/**
 * The kind of an account, which decides how contracts check its signatures:
 *
 * - `key`: it has no code. Its signatures are checked against its private key
 * - `delegated`: it has a private key, and runs the code of another contract (EIP-7702). Contracts that check signatures
 *   as `SignatureChecker` does ask that code (ERC-1271), and do not look at the private key
 * - `contract`: a contract. `checksSignatures` is false if it has no ERC-1271, so that nothing can ever be signed for it
 * - `counterfactual`: a contract wallet that is not deployed yet, as its signature says (ERC-6492)
 */
export type AccountKind =
  | { kind: "key" }
  | { kind: "delegated"; delegate: Address }
  | { kind: "contract"; checksSignatures: boolean }
  | { kind: "counterfactual" };

export const contractSignatureAbi = parseAbi([
  "function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)",
]);

/** The code of an account with an EIP-7702 delegation: this prefix and the delegate's address. */
const DELEGATION = /^0xef0100([0-9a-f]{40})$/i;

/** Returns the contract that an account's code delegates to (EIP-7702); undefined for all other code. */
export function delegateOf(code: Hex | undefined): Address | undefined {
  const delegate = code === undefined ? undefined : DELEGATION.exec(code)?.[1];
  return delegate === undefined ? undefined : getAddress(`0x${delegate}`);
}

/** Returns true if an account is a contract: it has code, and not by an EIP-7702 delegation of its key. */
export async function isContract(client: PublicClient, address: Address): Promise<boolean> {
  const code = await client.getCode({ address });
  return code !== undefined && delegateOf(code) === undefined;
}

/**
 * Reads the kind of an account.
 *
 * @param signature A signature of the account, if there is one: only that shows that a wallet is not deployed yet.
 */
export async function accountKind(client: PublicClient, address: Address, signature?: Hex): Promise<AccountKind> {
  const code = await client.getCode({ address });
  if (code === undefined) {
    return { kind: signature !== undefined && isErc6492Signature(signature) ? "counterfactual" : "key" };
  }
  const delegate = delegateOf(code);
  if (delegate) return { kind: "delegated", delegate };
  return { kind: "contract", checksSignatures: await checksSignatures(client, address) };
}

/** A selector that no function has, to see how a contract answers calls that it does not know. */
const NO_FUNCTION = "0x9d3f5e17";

/** Wrong signatures: none, and one of a key. Some wallets fail without a reason on the first, others on the second. */
const WRONG_SIGNATURES = ["0x", `0x${"11".repeat(64)}1b`] as const;

/**
 * Returns true if a contract has `isValidSignature` (ERC-1271): it answers a wrong signature with a word or refuses it with
 * a reason, and answers an unknown function otherwise. A fallback that accepts or refuses everything is no wallet. Wallets
 * that refuse without a reason are known by their code.
 */
export async function checksSignatures(client: PublicClient, address: Address): Promise<boolean> {
  const verdicts = WRONG_SIGNATURES.map(async (signature) => {
    const args = [zeroHash, signature] as const;
    const data = encodeFunctionData({ abi: contractSignatureAbi, functionName: "isValidSignature", args });
    const [answer, control] = await Promise.all([
      tryCall(client, { to: address, data, gas: PROBE_GAS }),
      tryCall(client, { to: address, data: `${NO_FUNCTION}${data.slice(10)}`, gas: PROBE_GAS }),
    ]);
    if (size(answer.data) === 0 || sameButSelector(answer, control, data.slice(2, 10))) return false;
    return !answer.accepted || (size(answer.data) === 32 && /0{56}$/.test(answer.data));
  });
  if ((await Promise.all(verdicts)).includes(true)) return true;
  return hasFunction((await client.getCode({ address })) ?? "0x", IS_VALID_SIGNATURE);
}

/** Gas of a call that asks a stranger's contract. A wallet that checks a signature takes far less. */
export const PROBE_GAS = 1_000_000n;

const IS_VALID_SIGNATURE: Hex = "0x1626ba7e";

/** Returns true if two calls had the same outcome. Errors of a fallback often name the selector that was called. */
function sameButSelector(one: CallOutcome, other: CallOutcome, selector: string): boolean {
  const renamed = one.data.replaceAll(selector, NO_FUNCTION.slice(2));
  return one.accepted === other.accepted && [one.data, renamed].includes(other.data);
}
