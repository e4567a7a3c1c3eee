import {
  type Address,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  hexToBytes,
  isHex,
  keccak256,
  parseSignature,
  toHex,
  zeroHash,
} from "viem";
import { ledgerAbi } from "../../indexer/contracts.ts";
import { UserError } from "../../indexer/userError.ts";
import { permitTypes } from "../packages/contracts/typedData.ts";
import { signedCurrencyAbi } from "./abis.ts";
import { amountText, type Currency, exactText } from "./money.ts";
import type { Session } from "./session.ts";
import type { Step } from "./transact.ts";
import { domainOf, signTypedData } from "./typedData.ts";

/** A fee that is to be paid. */
export interface Payment {
  release: number;
  currency: Currency;
  amount: bigint;
  ref: Hex;
}

/** A fee's reference: 32 bytes as they are, or the digest of a text; zero if there is none. */
export function parseReference(text: string | undefined): Hex {
  if (text === undefined) return zeroHash;
  if (isHex(text) && text.length === zeroHash.length) return text;
  if (text.startsWith("0x"))
    throw new UserError("--reference must be 32 bytes (0x and 64 hexadecimal digits), or any text.");
  return keccak256(toHex(text));
}

/** @throws {UserError} if the account has less. */
export async function requireBalance(session: Session, currency: Currency, amount: bigint): Promise<void> {
  const account = await session.account();
  const balance = await session.token(currency.address).read.balanceOf([account]);
  if (balance >= amount) return;
  throw new UserError(`${account} has ${exactText(balance, currency)}, and ${exactText(amount, currency)} are needed.`);
}

/** What the account lets a contract take. */
export const allowanceOf = async (session: Session, currency: Currency, spender: Address): Promise<bigint> =>
  session.token(currency.address).read.allowance([await session.account(), spender]);

/** A step that lets a contract take so much, and no more; none if it may already. */
export async function approval(
  session: Session,
  currency: Currency,
  amount: bigint,
  spender: { address: Address; name: string },
): Promise<Step[]> {
  const allowance = await allowanceOf(session, currency, spender.address);
  if (allowance >= amount) return [];
  return [
    {
      does: `Let ${spender.name} (${spender.address}) take ${amountText(amount, currency)}.`,
      to: currency.address,
      data: encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [spender.address, amount] }),
    },
  ];
}

/** Whether a currency takes an ERC-2612 permit. */
export async function takesPermits(session: Session, currency: Currency): Promise<boolean> {
  const nonce = await nonceOf(session, currency);
  return nonce !== undefined && (await domainOf(session, currency.address)) !== undefined;
}

const nonceOf = async (session: Session, { address }: Currency): Promise<bigint | undefined> =>
  session.client
    .readContract({ address, abi: signedCurrencyAbi, functionName: "nonces", args: [await session.account()] })
    .catch(() => undefined);

/** Signs a permit for the ledger, and answers the call of the ledger that uses it. */
export async function permitCall(session: Session, currency: Currency, amount: bigint): Promise<Hex> {
  const [domain, nonce] = [await domainOf(session, currency.address), await nonceOf(session, currency)];
  if (!domain || nonce === undefined) {
    throw new UserError(`${currency.symbol} takes no permits (ERC-2612). Pay in another way: --way allowance.`);
  }
  const deadline = await expiry(session, PROMPTLY_SECONDS);
  const signature = await signTypedData(session, {
    domain,
    types: permitTypes,
    primaryType: "Permit",
    message: { owner: await session.account(), spender: session.deployment.ledger, value: amount, nonce, deadline },
  });
  const { v, r, s } = splitSignature(signature);
  return encodeFunctionData({
    abi: ledgerAbi,
    functionName: "permit",
    args: [currency.address, amount, deadline, v, r, s],
  });
}

/** What is signed to be sent at once serves for an hour. */
export const PROMPTLY_SECONDS = 3_600;

/** So many seconds from the newest block on. */
export const expiry = async (session: Session, seconds: number): Promise<bigint> =>
  (await session.client.getBlock()).timestamp + BigInt(seconds);

/** A signature as currencies take it. */
export function splitSignature(signature: Hex): { v: number; r: Hex; s: Hex } {
  if (hexToBytes(signature).length !== 65) throw new UserError("The account's signature is not one of a key.");
  const { r, s, yParity } = parseSignature(signature);
  return { v: 27 + yParity, r, s };
}
