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
import { revertDataOf } from "../errors/explain.ts";

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
  return { kind: "contract", checksSignatures: await checksSignatures(client, address, code) };
}

/**
 * Returns true if a contract has `isValidSignature`. It has, if it answers to a wrong signature with a word or with a
 * reason. A contract without it answers with nothing. Wallets that refuse without a reason are known by their code.
 */
async function checksSignatures(client: PublicClient, address: Address, code: Hex): Promise<boolean> {
  for (const signature of ["0x", `0x${"11".repeat(64)}1b`] as const) {
    const data = encodeFunctionData({
      abi: contractSignatureAbi,
      functionName: "isValidSignature",
      args: [zeroHash, signature],
    });
    const answer = await client.call({ to: address, data }).then(
      (result) => result.data ?? "0x",
      (error: unknown) => {
        const reason = revertDataOf(error);
        if (reason === undefined) throw error;
        return reason;
      },
    );
    if (size(answer) > 0) return true;
  }
  return code.includes("1626ba7e");
}
