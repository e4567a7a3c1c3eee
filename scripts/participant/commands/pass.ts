import { type Address, isAddress, isAddressEqual } from "viem";
import type { ClaimPlan } from "#client/acts/collecting/readClaimPlans.ts";
import { pass as planPass } from "#client/acts/collecting/pass.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { splitList } from "#client/parsing/splitList.ts";
import type { Currency } from "#protocol/money.ts";
import { parseAddress } from "#protocol/address.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { readGivenPrices } from "../../keeper/prices.ts";
import { NATIVE } from "../native.ts";
import { assetsText } from "../names/assetsText.ts";
import { readClaimPlans } from "../readClaimPlans.ts";
import { printGiftsAndLeftOut } from "./plan.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

type PassOptions = OptionsOf<"pass">;

/** Passes on what an account's outlet has earned and holds, to that account. */
export const pass: Command<PassOptions> = async (session, options) => {
  const account = parseAddress(options.account, "The account");
  const only = await readOnly(session, options.currency);
  const isNamed = options.assets !== undefined;
  const claimPlans = isNamed || only === NATIVE ? [] : await planned(session, options, account, only);
  for (const claimPlan of claimPlans) await printGiftsAndLeftOut(session, claimPlan);
  const assets = options.assets === undefined ? undefined : splitList(options.assets).map(parseRelease);
  const claimed = assets ?? [...new Set(claimPlans.flatMap((claimPlan) => claimPlan.assets))];
  if (claimed.length > 0) session.print(`Assets: ${await assetsText(session, claimed)}.`);
  const plan = await planPass(session.chain, await session.account(), {
    account,
    claimPlans,
    assets,
    only,
    // Whoever names assets, or one kind of money, has decided.
    all: options.all || isNamed || only !== undefined,
    prices: await readGivenPrices(session, options.price),
  });
  const mined = await transact(session, plan);
  if (mined.length > 0) session.print(`The outlet ${plan.outlet} passed that on to ${account}.`);
  return { account, outlet: plan.outlet, transactions: mined.length };
};

/** Finds a currency, or any other token by its address. */
async function readOnly(session: Session, named: string | undefined) {
  if (named === undefined || named === NATIVE) return named;
  const admitted = await session.chain.currencies();
  const isCurrency = (token: `0x${string}`) => admitted.some(({ address }) => isAddressEqual(address, token));
  if (!isAddress(named, { strict: false }) || isCurrency(named)) return session.currency(named);
  return session.chain.unitOf(parseAddress(named, "--currency"));
}

/** Reads the claim plans through the outlet. There are none for a token that is not admitted. */
async function planned(
  session: Session,
  { api, all, price }: PassOptions,
  account: Address,
  only: Currency | undefined,
): Promise<ClaimPlan[]> {
  const admitted = await session.chain.currencies();
  if (only && !admitted.some(({ address }) => isAddressEqual(address, only.address))) return [];
  const currency = only?.address;
  return readClaimPlans(session, account, { api, all, price, currency, assets: undefined, credit: false }, "outlet");
}
