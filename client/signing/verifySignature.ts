import {
  type Address,
  encodeFunctionData,
  type Hash,
  type Hex,
  parseErc6492Signature,
  type PublicClient,
  recoverAddress,
  size,
  sliceHex,
} from "viem";
import { UserError } from "#protocol/userError.ts";
import { Refusal } from "../errors/refusal.ts";
import { type AccountKind, accountKind, contractSignatureAbi } from "./accountKind.ts";
import { tryCall } from "./tryCall.ts";

export interface VerifySignatureParameters {
  signer: Address;
  /** The digest of the message that was signed. */
  hash: Hash;
  signature: Hex;
}

/** Returns the account whose private key made a signature of 65 bytes; undefined if none did. */
export async function keyHolderOf({ hash, signature }: Omit<VerifySignatureParameters, "signer">) {
  if (size(signature) !== 65) return undefined;
  return recoverAddress({ hash, signature }).catch(() => undefined);
}

/**
 * Checks a signature as the contracts do (OpenZeppelin's `SignatureChecker`): for an account without code, against its
 * private key; for any other, by asking its code (ERC-1271). An account with an EIP-7702 delegation has code.
 */
export async function verifySignature(
  client: PublicClient,
  { signer, hash, signature }: VerifySignatureParameters,
): Promise<boolean> {
  const code = await client.getCode({ address: signer });
  if (code === undefined) {
    const holder = await keyHolderOf({ hash, signature });
    return isSame(holder, signer) && /1[bc]$/i.test(signature); // v is 27 or 28
  }
  const data = encodeFunctionData({
    abi: contractSignatureAbi,
    functionName: "isValidSignature",
    args: [hash, signature],
  });
  const answer = await tryCall(client, { to: signer, data });
  return answer.accepted && size(answer.data) >= 32 && sliceHex(answer.data, 0, 32) === MAGIC;
}

/** The answer of ERC-1271 to a valid signature, as a word. */
const MAGIC: Hex = `0x1626ba7e${"0".repeat(56)}`;

/** Explains why contracts refuse a signature that {@link verifySignature} refuses, and what to do. */
export async function signatureFault(
  client: PublicClient,
  { signer, hash, signature }: VerifySignatureParameters,
): Promise<string> {
  const kind = await accountKind(client, signer, signature);
  if (kind.kind !== "counterfactual" && size(signature) === 0) {
    return `The message is not signed yet. ${signer} has to sign it.`;
  }
  const holder = await keyHolderOf({ hash, signature });
  return faultOf(kind, { signer, signature, holder });
}

interface SignatureFacts {
  signer: Address;
  signature: Hex;
  holder: Address | undefined;
}

function faultOf(kind: AccountKind, { signer, signature, holder }: SignatureFacts): string {
  switch (kind.kind) {
    case "delegated":
      return `${signer} runs the code of ${kind.delegate} (an EIP-7702 delegation). Contracts ask that code whether a signature is the account's own, and it does not accept this one${holder === undefined ? "" : `, which was made with the private key of ${holder}`}. Sign with the wallet that made the delegation, send a transaction instead of signing, or end the delegation in that wallet.`;
    case "contract":
      return kind.checksSignatures
        ? `${signer} is a contract wallet, and it does not accept this signature (ERC-1271). Its owners must sign this message with the wallet's own app, for the wallet.`
        : `${signer} is a contract that checks no signatures (it has no ERC-1271), so nothing can be signed for it. It must send a transaction instead.`;
    case "counterfactual":
      // Checked, not shown: whoever wrote the file chose the factory and the call that its signature names.
      parseWrapped(signature);
      return `${signer} is a contract wallet that is not deployed yet (its signature has the form of ERC-6492), and contracts only ask wallets that are deployed. Deploy the wallet first, with its own app. Then use the same signature.`;
    case "key":
      return holder === undefined || isSame(holder, signer)
        ? `This is not a signature by the private key of ${signer}, which has no code that could accept another form. Sign again.`
        : `The message was signed by ${holder}, not by ${signer}; or it was signed for other terms or another network. Sign again, as ${signer}.`;
  }
}

/** Error of a signature that contracts would refuse. The message gives the true reason. */
export class SignatureRefusal extends Refusal {}

/**
 * Takes a wallet that is deployed by now out of its signature: what ERC-6492 adds is for wallets that are not.
 *
 * @returns the signature that contracts take.
 */
export async function unwrapSignature(client: PublicClient, signer: Address, signature: Hex): Promise<Hex> {
  const { kind } = await accountKind(client, signer, signature);
  return kind === "counterfactual" ? signature : parseWrapped(signature).signature;
}

function parseWrapped(signature: Hex) {
  try {
    return parseErc6492Signature(signature);
  } catch (cause) {
    throw new UserError(
      "The signature ends as one of a wallet that is not deployed yet (ERC-6492), but its content is damaged. Sign again, or copy it again.",
      { cause },
    );
  }
}

const isSame = (one: Address | undefined, other: Address) => one?.toLowerCase() === other.toLowerCase();
