import { faucet as planFaucet, giveGasMoney, needsGasMoney } from "#client/acts/paying/faucet.ts";
import { parseAddress } from "#protocol/address.ts";
import { amountText, parsePayment } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { NATIVE } from "../native.ts";
import { transact } from "../transact.ts";

/** Mints test money, and gives native money to an account without any on a development chain. */
export const faucet: Command<OptionsOf<"faucet">> = async (session, options) => {
  const { chain } = session;
  const signer = await session.account();
  const to = options.account === undefined ? signer : parseAddress(options.account, "--account");
  if (options.currency === NATIVE) {
    throw new UserError(
      "Native money cannot be minted. On a development chain this command gives some to an account that has none: leave out --currency.",
    );
  }
  const currency = options.currency === undefined ? undefined : await session.currency(options.currency);
  if (options.amount !== undefined && !currency) {
    throw new UserError("--amount is an amount of one currency. Name it with --currency.");
  }
  const amount = options.amount !== undefined && currency ? parsePayment(options.amount, currency) : undefined;
  const sends = !session.options.dryRun && session.options.propose === undefined;
  if (sends && (await needsGasMoney(chain, signer))) {
    const given = await giveGasMoney(signer, (method, params) => session.provider.request({ method, params } as never));
    session.print(`${signer} had no money for gas. This development chain gave it ${amountText(given, chain.native)}.`);
  }
  const plan = await planFaucet(chain, signer, { to, currency, amount });
  await transact(session, plan);
  for (const mint of plan.mints) {
    const balance = await chain.token(mint.currency.address).read.balanceOf([to]);
    session.print(`${to} now has ${amountText(balance, mint.currency)}.`);
  }
  return { account: to, minted: plan.mints, native: plan.native };
};
