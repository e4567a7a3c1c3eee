import { encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { parseRelease } from "#client/acts/draft.ts";
import { ledgerEvents } from "../events.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import { GraphReader } from "#client/settlement/readGraph.ts";
import type { Session } from "../session.ts";
import { BASE_GAS, cut, type Due, dueAlong } from "#client/settlement/settlement.ts";
import { type Step, transact } from "../transact.ts";

export interface SettleOptions {
  releases: string[];
  from: string | undefined;
  currency: string | undefined;
}

const SHOWN = 20;

/** Passes on what lies in releases: in those that are named, or in one and all that it was built from. */
export const settle: Command<SettleOptions> = async (session, { releases, from, currency: named }) => {
  if ((releases.length === 0) === (from === undefined)) {
    throw new UserError("Say what to settle: releases by number, or --from <release> for it and all its ancestors.");
  }
  const reader = new GraphReader(session);
  let wanted = [...new Set(releases.map(parseRelease))];
  if (from !== undefined) {
    wanted = await reader.withAncestors([parseRelease(from)]);
    session.say(`Release ${from} has ${wanted.length - 1} ancestors.`);
  } else await reader.readNodes(wanted);

  const nodes = reader.nodesOf(wanted);
  const parents = [...nodes.values()].flatMap(({ contributions }) => contributions.map(({ release }) => release));
  const read = [...new Set([...wanted, ...parents])];
  const steps: Step[] = [];
  for (const currency of await session.currenciesOr(named)) {
    const flows = await reader.flows(read, currency.address);
    const parts = cut(dueAlong({ nodes, flows }));
    for (const [i, part] of parts.entries()) {
      tellDue(session, part, currency);
      // A later part waits for what the one before passes on.
      const gasLater = i === 0 ? {} : { gasLater: part.reduce((gas, due) => gas + due.gas, BASE_GAS) };
      steps.push({ ...settleStep(session, part, currency), ...gasLater });
    }
  }
  if (steps.length === 0) {
    session.say("Nothing is due there: all of it has been passed on already.");
    return { settled: [] };
  }
  const mined = await transact(session, steps);
  const settled = mined.flatMap((each) =>
    ledgerEvents(each, session.deployment.ledger, "Settled").map(({ args }) => ({
      currency: args.currency,
      releases: args.releases,
    })),
  );
  session.say(
    `${settled.reduce((count, { releases: each }) => count + each.length, 0)} releases passed on what they had.`,
  );
  return { settled };
};

function tellDue(session: Session, due: readonly Due[], currency: Currency): void {
  for (const { release, amount } of due.slice(0, SHOWN)) {
    session.say(`  release ${release} passes on ${exactText(amount, currency)}`);
  }
  if (due.length > SHOWN) session.say(`  and ${due.length - SHOWN} further releases`);
}

/** One transaction that settles releases in this order. */
export function settleStep(session: Session, due: readonly Due[], currency: Currency): Step {
  const releases = due.map(({ release }) => release);
  return {
    does: `Settle ${releases.length} release${releases.length === 1 ? "" : "s"} in ${currency.symbol}.`,
    to: session.deployment.ledger,
    data: encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] }),
  };
}
