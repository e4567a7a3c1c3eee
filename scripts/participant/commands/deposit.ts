import { type Address, encodeFunctionData, parseAbi } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { ledgerEvents } from "../events.ts";
import { type Currency, exactText, parsePayment } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import { NATIVE } from "./pay.ts";
import { allowanceOf, approval, permitCall, requireBalance, takesPermits } from "../payment.ts";
import type { Session } from "../session.ts";
import { type Step, transact } from "../transact.ts";

export interface DepositOptions {
  amount: string;
  currency: string | undefined;
  account: string | undefined;
}

const wrappingAbi = parseAbi(["function deposit() payable"]);
/** What each step takes at most that can only be tried once the one before is mined. */
const APPROVE_GAS = 70_000n;
const DEPOSIT_GAS = 150_000n;

/** Turns tokens, or native money, into credit in the ledger. */
export const deposit: Command<DepositOptions> = async (session, options) => {
  const account =
    options.account === undefined ? await session.account() : session.address(options.account, "--account");
  const native = options.currency === NATIVE;
  const currency = native ? await session.wrapped() : await session.currency(options.currency);
  if (!currency) throw new UserError("The ledger does not take native money here: its wrapped token is not admitted.");
  const amount = parsePayment(options.amount, native ? session.native : currency);
  if (!native) await requireBalance(session, currency, amount);
  const steps = native
    ? await wrapFirst(session, currency, amount, account)
    : await direct(session, currency, amount, account);
  const last = (await transact(session, steps)).at(-1);
  const [deposited] = last ? ledgerEvents(last, session.deployment.ledger, "Deposited") : [];
  if (!deposited) throw new Error("The transaction deposited nothing.");
  const credit = await session.ledger.read.creditOf([account, currency.address]);
  session.say(`${account} has ${exactText(credit, currency)} of credit.`);
  return { account, currency, amount: deposited.args.amount, credit };
};

function depositStep({ deployment }: Session, currency: Currency, amount: bigint, account: Address): Step {
  const args = [currency.address, amount, account] as const;
  return {
    does: `Deposit ${exactText(amount, currency)} as credit of ${account}.`,
    to: deployment.ledger,
    data: encodeFunctionData({ abi: ledgerAbi, functionName: "deposit", args }),
  };
}

async function direct(session: Session, currency: Currency, amount: bigint, account: Address): Promise<Step[]> {
  const { ledger } = session.deployment;
  const step = depositStep(session, currency, amount, account);
  if ((await allowanceOf(session, currency, ledger)) >= amount) return [step];
  if (await takesPermits(session, currency)) {
    const calls = [await permitCall(session, currency, amount), step.data];
    return [{ ...step, data: encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [calls] }) }];
  }
  const approvals = await approval(session, currency, amount, { address: ledger, name: "the ledger" });
  return [...approvals, { ...step, gasLater: DEPOSIT_GAS }];
}

async function wrapFirst(session: Session, wrapped: Currency, amount: bigint, account: Address): Promise<Step[]> {
  const approvals = await approval(session, wrapped, amount, {
    address: session.deployment.ledger,
    name: "the ledger",
  });
  return [
    {
      does: `Wrap ${exactText(amount, session.native)} as ${wrapped.symbol}.`,
      to: wrapped.address,
      data: encodeFunctionData({ abi: wrappingAbi, functionName: "deposit" }),
      value: amount,
    },
    ...approvals.map((step) => ({ ...step, gasLater: APPROVE_GAS })),
    { ...depositStep(session, wrapped, amount, account), gasLater: DEPOSIT_GAS },
  ];
}
