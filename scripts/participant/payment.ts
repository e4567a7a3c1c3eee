import { type Address, encodeFunctionData, erc20Abi, type Hex } from "viem";
import { UserError } from "#protocol/userError.ts";
import { amountText, type Currency, exactText } from "#protocol/money.ts";
import { permitFor } from "#client/signing/permit.ts";
import type { Session } from "./session.ts";
import type { Step } from "./transact.ts";
import { signTypedData } from "./typedData.ts";

/** A fee that is to be paid. */
export interface Payment {
  release: number;
  currency: Currency;
  amount: bigint;
  ref: Hex;
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

const permitOf = async (session: Session, currency: Currency, amount: bigint) =>
  permitFor(session, {
    currency: currency.address,
    owner: await session.account(),
    spender: session.deployment.ledger,
    amount,
  });

/** Whether a currency takes an ERC-2612 permit. */
export const takesPermits = async (session: Session, currency: Currency): Promise<boolean> =>
  (await permitOf(session, currency, 0n)) !== undefined;

/** Signs a permit for the ledger, and answers the call of the ledger that uses it. */
export async function permitCall(session: Session, currency: Currency, amount: bigint): Promise<Hex> {
  const permit = await permitOf(session, currency, amount);
  if (!permit) {
    throw new UserError(`${currency.symbol} takes no permits (ERC-2612). Pay in another way: --way allowance.`);
  }
  return permit.call(await signTypedData(session, permit.message));
}
