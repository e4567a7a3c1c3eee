import type { Address } from "viem";
import { countText } from "#client/acts/collecting/countText.ts";
import { settle as planSettle } from "#client/acts/collecting/settle.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import type { DueRelease } from "#client/settlement/settlement.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { nameIds } from "../names/nameSource.ts";
import { ledgerEvents } from "../events.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

const MAX_SHOWN = 20;

/** Settles the named releases, or one release and all its ancestors. */
export const settle: Command<OptionsOf<"settle">> = async (session, { releases, from, currency }) => {
  if ((releases.length === 0) === (from === undefined)) {
    throw new UserError(
      "Name what to settle: either the ids of releases, or --from <release> for a release and all its ancestors.",
    );
  }
  const plan = await planSettle(session.chain, await session.account(), {
    releases: (from === undefined ? releases : [from]).map(parseRelease),
    withAncestors: from !== undefined,
    currencies: await session.currenciesOr(currency),
  });
  await nameIds(session, {
    releases: plan.due.flatMap((each) => each.releases.slice(0, MAX_SHOWN).map(({ release }) => release)),
  });
  for (const each of plan.due) printDueReleases(session, each);
  const mined = await transact(session, plan);
  const settled = mined.flatMap((each) =>
    ledgerEvents(each, session.deployment.ledger, "Settled").map(({ args }) => ({
      currency: args.currency,
      releases: args.releases,
    })),
  );
  const counts = new Map<Address, number>();
  for (const each of settled) counts.set(each.currency, (counts.get(each.currency) ?? 0) + each.releases.length);
  for (const [address, count] of counts) {
    const { symbol } = await session.chain.currency(address);
    session.print(`Settled ${countText(count, "release")} in ${symbol}.`);
  }
  return { settled };
};

function printDueReleases(
  session: Session,
  { currency, releases }: { currency: Currency; releases: readonly DueRelease[] },
): void {
  session.print(`Amounts to settle in ${currency.symbol}:`);
  for (const { release, amount } of releases.slice(0, MAX_SHOWN)) {
    session.print(`  ${session.chain.names.release(release)} settles ${exactText(amount, currency)}`);
  }
  if (releases.length > MAX_SHOWN) session.print(`  and ${countText(releases.length - MAX_SHOWN, "more release")}`);
}
