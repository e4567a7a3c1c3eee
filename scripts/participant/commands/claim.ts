import { encodeFunctionData, isAddressEqual } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { parseRelease } from "#client/acts/draft.ts";
import { ledgerEvents } from "../events.ts";
import { exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import { type Step, transact } from "../transact.ts";

export interface ClaimOptions {
  assets: string[];
  currency: string | undefined;
  to: string | undefined;
  toCredit: boolean;
  account: string | undefined;
}

/** Pays out what was earned with assets: to a wallet, or to an account's credit. */
export const claim: Command<ClaimOptions> = async (session, options) => {
  const { toCredit } = options;
  const signer = await session.account();
  const account = options.account === undefined ? signer : session.address(options.account, "--account");
  const assets = [...new Set(options.assets.map(parseRelease))].sort((a, b) => a - b);
  if (assets.length === 0) throw new UserError("Name the assets, by number. `collect` finds them by itself.");
  if (toCredit && options.to !== undefined) throw new UserError("Credit stays with the account: leave out --to.");
  if (!toCredit && !isAddressEqual(account, signer)) {
    throw new UserError("What is claimed for somebody else can only be added to their credit: --to-credit.");
  }
  const to = options.to === undefined ? account : session.address(options.to, "--to");
  const { ledger } = session.deployment;
  const steps: Step[] = [];
  for (const currency of await session.currenciesOr(options.currency)) {
    const amount = await session.ledger.read.claimable([account, assets, currency.address]);
    if (amount === 0n) continue;
    steps.push({
      does: toCredit
        ? `Add ${exactText(amount, currency)}, earned by ${account}, to its credit.`
        : `Claim ${exactText(amount, currency)} to ${to}.`,
      to: ledger,
      data: toCredit
        ? encodeFunctionData({
            abi: ledgerAbi,
            functionName: "claimToCredit",
            args: [account, assets, currency.address],
          })
        : encodeFunctionData({ abi: ledgerAbi, functionName: "claim", args: [assets, currency.address, to] }),
    });
  }
  if (steps.length === 0) {
    session.say(
      `${account} can claim nothing there now. What is not settled yet comes with \`settle\`, or \`collect\`.`,
    );
    return { account, paid: [] };
  }
  const mined = await transact(session, steps);
  const paid = mined.flatMap((each) =>
    (toCredit ? ledgerEvents(each, ledger, "ClaimedToCredit") : ledgerEvents(each, ledger, "Claimed")).map(
      ({ args }) => ({ currency: args.currency, amount: args.amount }),
    ),
  );
  for (const { currency, amount } of paid) {
    const money = exactText(amount, await session.currency(currency));
    session.say(toCredit ? `${account} has ${money} more credit.` : `${to} received ${money}.`);
  }
  return toCredit ? { account, toCredit, paid } : { account, to, paid };
};
