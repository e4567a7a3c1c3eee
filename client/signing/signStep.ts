import {
  type Address,
  concatHex,
  type EIP1193Provider,
  hashTypedData,
  type Hex,
  isAddressEqual,
  numberToHex,
  recoverAddress,
  size,
} from "viem";
import type { SignStep } from "../plan/plan.ts";
import { splitSignature } from "./splitSignature.ts";
import { signTypedData, type TypedData } from "./typedData.ts";
import { SignatureRefusal } from "./verifySignature.ts";

// Error codes of wallets that cannot sign typed data. Sources: EIP-1193 and EIP-1474.
const UNSUPPORTED: ReadonlySet<unknown> = new Set([4200, -32_601, -32_004]);

/**
 * Signs the message of a step, and checks the signature as the contracts will, before anything is made of it.
 *
 * @throws {SignatureRefusal} if the contracts would refuse it, or if the wallet cannot sign such messages.
 */
export async function signStep(
  provider: Pick<EIP1193Provider, "request">,
  account: Address,
  { message, check }: SignStep,
): Promise<Hex> {
  const signature = await signTypedData(provider, account, message).catch((error: unknown) => {
    if (!isUnsupported(error)) throw error;
    throw new SignatureRefusal(
      `The wallet of ${account} cannot sign messages of this form (EIP-712). Use a wallet that can, or send a transaction instead.`,
    );
  });
  const normal = await inStandardForm(account, message, signature);
  await check?.(normal);
  return normal;
}

function isUnsupported(error: unknown): boolean {
  for (let each = error; typeof each === "object" && each !== null; each = (each as { cause?: unknown }).cause) {
    if (UNSUPPORTED.has((each as { code?: unknown }).code)) return true;
  }
  return false;
}

/**
 * Rewrites a signature by the account's key in the form that all contracts take: 65 bytes, the last of which is 27 or 28.
 * Some wallets write 0 or 1, or 64 bytes (ERC-2098). Signatures of contract wallets stay as they are.
 */
async function inStandardForm(account: Address, message: TypedData, signature: Hex): Promise<Hex> {
  if (size(signature) !== 65 && size(signature) !== 64) return signature;
  const { v, r, s } = splitSignature(signature);
  const standard = concatHex([r, s, numberToHex(v, { size: 1 })]);
  const holder = await recoverAddress({ hash: hashTypedData(message), signature: standard }).catch(() => undefined);
  return holder && isAddressEqual(holder, account) ? standard : signature;
}
