import { type Address, isAddressEqual } from "viem";
import { collect as planCollect } from "#client/acts/collecting/collect.ts";
import type { ClaimPlan } from "#client/acts/collecting/readClaimPlans.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import type { MinedTransaction } from "../minedTransaction.ts";
import { assetsText } from "../names/assetsText.ts";
import { readClaimPlans } from "../readClaimPlans.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";
import { printGiftsAndLeftOut } from "./plan.ts";

/** Money that a transaction paid out, and the assets that it claimed for. */
interface Payment {
  /** The account that earned it, or its outlet. */
  earner: Address;
  currency: Address;
  amount: bigint;
  assets: readonly number[];
}

/** Settles releases and claims what the account can get, following the indexer's claim plans. */
export const collect: Command<OptionsOf<"collect">> = async (session, options) => {
  const account = await session.account();
  const to = options.to === undefined ? account : parseAddress(options.to, "--to");
  const claimPlans = await readClaimPlans(session, account, options);
  for (const claimPlan of claimPlans) await printGiftsAndLeftOut(session, claimPlan);
  const claimed = [...new Set(claimPlans.flatMap((claimPlan) => claimPlan.assets))];
  if (claimed.length > 0) session.print(`Assets: ${await assetsText(session, claimed)}.`);
  const mined = await transact(session, await planCollect(session.chain, account, { claimPlans, to }));
  const paid = mined.flatMap((each) => paymentsOf(session, each, account));
  for (const { currency, amount } of paid) {
    session.print(`${to} received ${exactText(amount, await session.chain.currency(currency))}.`);
  }
  if (mined.length > 0) for (const claimPlan of claimPlans) printDifference(session, account, claimPlan, paid);
  return { to, paid: paid.map(({ currency, amount, assets }) => ({ currency, amount, assets })) };
};

/** Lists what a transaction paid to a wallet: by a claim, or by a withdrawal of what it claimed to credit. */
function paymentsOf({ deployment: { ledger } }: Session, mined: MinedTransaction, account: Address): Payment[] {
  const claims = ledgerEvents(mined, ledger, "Claimed").map(({ args: { currency, amount, assets } }) => ({
    earner: account,
    currency,
    amount,
    assets,
  }));
  const credited = ledgerEvents(mined, ledger, "ClaimedToCredit");
  const withdrawals = ledgerEvents(mined, ledger, "Withdrawn").map(
    ({ args: { account: earner, currency, amount } }) => ({
      earner,
      currency,
      amount,
      assets: credited
        .filter(({ args }) => isAddressEqual(args.account, earner) && isAddressEqual(args.currency, currency))
        .flatMap(({ args }) => args.assets),
    }),
  );
  return [...claims, ...withdrawals];
}

/** Says why less came than was shown, and where it is. */
function printDifference(
  session: Session,
  account: Address,
  { currency, outlet, pays, calls }: ClaimPlan,
  paid: readonly Payment[],
): void {
  const earner = outlet?.address ?? account;
  const came = paid
    .filter((each) => isAddressEqual(each.currency, currency.address) && isAddressEqual(each.earner, earner))
    .reduce((sum, { amount }) => sum + amount, 0n);
  if (came >= pays || calls.length === 0) return;
  if (outlet) {
    session.print(
      `That is ${exactText(pays - came, currency)} less than was shown. Somebody has passed it on from your outlet meanwhile: you have it already.`,
    );
    return;
  }
  session.print(
    `That is ${exactText(pays - came, currency)} less than was shown. Somebody has claimed it to your credit in the ledger meanwhile: it is yours and lies there. Once the indexer knows, \`collect\` pays it; \`withdraw\` does at once.`,
  );
}
