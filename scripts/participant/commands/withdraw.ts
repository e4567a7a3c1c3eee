import { encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { ledgerEvents } from "../events.ts";
import { exactText, parsePayment } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import { NATIVE } from "./pay.ts";
import { transact } from "../transact.ts";

export interface WithdrawOptions {
  amount: string;
  currency: string | undefined;
  to: string | undefined;
}

/** Takes credit out of the ledger, as tokens or as native money. */
export const withdraw: Command<WithdrawOptions> = async (session, options) => {
  const account = await session.account();
  const to = options.to === undefined ? account : session.address(options.to, "--to");
  const native = options.currency === NATIVE;
  const currency = native ? await session.wrapped() : await session.currency(options.currency);
  if (!currency) throw new UserError("The ledger holds no native money here: its wrapped token is not admitted.");
  const unit = native ? session.native : currency;
  const credit = await session.ledger.read.creditOf([account, currency.address]);
  const amount = options.amount === "all" ? credit : parsePayment(options.amount, unit);
  if (credit === 0n || credit < amount) {
    throw new UserError(`${account} has ${exactText(credit, unit)} of credit. It cannot withdraw more.`);
  }
  const { ledger } = session.deployment;
  const [mined] = await transact(session, [
    {
      does: `Withdraw ${exactText(amount, unit)} of credit to ${to}.`,
      to: ledger,
      data: native
        ? encodeFunctionData({ abi: ledgerAbi, functionName: "withdrawNative", args: [amount, to] })
        : encodeFunctionData({ abi: ledgerAbi, functionName: "withdraw", args: [currency.address, amount, to] }),
    },
  ]);
  const [withdrawn] = mined ? ledgerEvents(mined, ledger, "Withdrawn") : [];
  if (!withdrawn) throw new Error("The transaction withdrew nothing.");
  session.say(
    `${to} received ${exactText(withdrawn.args.amount, unit)}; ${exactText(credit - amount, unit)} of credit are left.`,
  );
  return { account, to, currency, native, amount: withdrawn.args.amount, credit: credit - amount };
};
