import { isAddressEqual } from "viem";
import { claim as planClaim, claimToCredit } from "#client/acts/collecting/claim.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import { assetsText } from "../names/assetsText.ts";
import { transact } from "../transact.ts";

/** Claims what was earned with assets: to an account, or to an account's credit. */
export const claim: Command<OptionsOf<"claim">> = async (session, options) => {
  const { toCredit } = options;
  const { chain } = session;
  const signer = await session.account();
  const account = options.account === undefined ? signer : parseAddress(options.account, "--account");
  const to = options.to === undefined ? account : parseAddress(options.to, "--to");
  if (toCredit && options.to !== undefined)
    throw new UserError(
      "--to-credit adds the claim to the credit of the earning account, so --to has no meaning. Leave out one of the two.",
    );
  if (!toCredit && !isAddressEqual(account, signer)) {
    throw new UserError(
      "A claim for another account can only be added to its credit. Add --to-credit, or leave out --account.",
    );
  }
  const selection = {
    assets: options.assets.map(parseRelease),
    currencies: await session.currenciesOr(options.currency),
  };
  const plan = toCredit
    ? await claimToCredit(chain, signer, { ...selection, earner: account })
    : await planClaim(chain, signer, { ...selection, to });
  session.print(`Assets: ${await assetsText(session, selection.assets)}.`);
  const mined = await transact(session, plan);
  const { ledger } = session.deployment;
  const paid = mined.flatMap((each) =>
    (toCredit ? ledgerEvents(each, ledger, "ClaimedToCredit") : ledgerEvents(each, ledger, "Claimed")).map(
      ({ args }) => ({ currency: args.currency, amount: args.amount }),
    ),
  );
  for (const { currency, amount } of paid) {
    const money = exactText(amount, await chain.currency(currency));
    session.print(toCredit ? `The credit of ${account} rose by ${money}.` : `${to} received ${money}.`);
  }
  if (plan.steps.length === 0) return { account, paid };
  return toCredit ? { account, toCredit, paid } : { account, to, paid };
};
