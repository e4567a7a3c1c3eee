import { type Address, hashTypedData, type Hex, isAddressEqual, size } from "viem";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../chain/chain.ts";
import { Refusal } from "../errors/refusal.ts";
import { accountKind } from "./accountKind.ts";
import type { TypedData } from "./typedData.ts";
import { keyHolderOf, signatureFault, SignatureRefusal, verifySignature } from "./verifySignature.ts";

export interface SignedMessage {
  signer: Address;
  message: TypedData;
  signature: Hex;
}

/**
 * Checks a signature by simulating the transaction that uses it. A refusal is explained by the signature if that is what
 * the contracts refuse, else by the contract's own reason.
 *
 * @throws {SignatureRefusal} if the transaction would be refused.
 */
export async function checkBySimulation(
  chain: Chain,
  signed: SignedMessage,
  simulate: () => Promise<void>,
): Promise<void> {
  try {
    await simulate();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { errorName, errorArguments } = error instanceof Refusal ? error : new Refusal("");
    const fault = await faultOf(chain, signed, `${errorName ?? "no signature taken"}: ${error.message}`);
    throw new SignatureRefusal(fault ?? error.message, errorName, errorArguments, error);
  }
}

/** Reasons that are about a signature: names of errors, and texts of currencies. */
const ABOUT_SIGNATURES = /signature|signer|signed|1271|ecrecover/i;

/**
 * Explains the signature's part in a refusal; undefined if it has none: contracts that ask the account's code accept it, or
 * the account's own key made it and the reason is about something else.
 */
async function faultOf(
  { client }: Chain,
  { signer, message, signature }: SignedMessage,
  reason: string,
): Promise<string | undefined> {
  const hash = hashTypedData(message);
  if (await verifySignature(client, { signer, hash, signature })) return undefined;
  const holder = await keyHolderOf({ hash, signature });
  if (holder && isAddressEqual(holder, signer) && !ABOUT_SIGNATURES.test(reason)) return undefined;
  const { kind } = await accountKind(client, signer, signature);
  // For a key there is nothing to add to a reason that the contract names.
  if (kind === "key" && size(signature) === 65 && /^[A-Z]\w+: /.test(reason) && !reason.startsWith("Error: "))
    return undefined;
  return signatureFault(client, { signer, hash, signature });
}
