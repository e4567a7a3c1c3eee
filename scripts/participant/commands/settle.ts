import { settle as planSettle } from "#client/acts/collecting/settle.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import type { Due } from "#client/settlement/settlement.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

const SHOWN = 20;

/** Passes on what lies in releases: in those that are named, or in one and all that it was built from. */
export const settle: Command<OptionsOf<"settle">> = async (session, { releases, from, currency }) => {
  if ((releases.length === 0) === (from === undefined)) {
    throw new UserError("Say what to settle: releases by number, or --from <release> for it and all its ancestors.");
  }
  const plan = await planSettle(session.chain, await session.account(), {
    releases: (from === undefined ? releases : [from]).map(parseRelease),
    withAncestors: from !== undefined,
    currencies: await session.currenciesOr(currency),
  });
  for (const each of plan.due) tellDue(session, each);
  const mined = await transact(session, plan);
  const settled = mined.flatMap((each) =>
    ledgerEvents(each, session.deployment.ledger, "Settled").map(({ args }) => ({
      currency: args.currency,
      releases: args.releases,
    })),
  );
  if (settled.length > 0) {
    const count = settled.reduce((sum, { releases: each }) => sum + each.length, 0);
    session.say(`${count} releases passed on what they had.`);
  }
  return { settled };
};

function tellDue(session: Session, { currency, releases }: { currency: Currency; releases: readonly Due[] }): void {
  for (const { release, amount } of releases.slice(0, SHOWN)) {
    session.say(`  release ${release} passes on ${exactText(amount, currency)}`);
  }
  if (releases.length > SHOWN) session.say(`  and ${releases.length - SHOWN} further releases`);
}
