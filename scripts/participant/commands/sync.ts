import { recover as planRecover } from "#client/acts/paying/recover.ts";
import { sync as planSync } from "#client/acts/paying/sync.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import { NATIVE } from "../native.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

/** Makes what lies in a release's inlet its fees, or hands on what never can become one. */
export const sync: Command<OptionsOf<"sync">> = async (session, { release, currency: named, recover: what }) => {
  if (what !== undefined) return recover(session, release, what);
  const only = named === undefined || named === NATIVE ? named : await session.currency(named);
  const plan = await planSync(session.chain, await session.account(), { release, only });
  const mined = await transact(session, plan);
  const received = mined.flatMap((each) =>
    ledgerEvents(each, session.deployment.ledger, "FeePaid").map(({ args }) => ({
      currency: args.currency,
      amount: args.amount,
    })),
  );
  for (const { currency, amount } of received) {
    session.say(`Release ${release} received ${exactText(amount, await session.chain.currency(currency))}.`);
  }
  return { release, inlet: plan.inlet, received };
};

async function recover(session: Session, release: number, what: string) {
  const token = what === NATIVE ? undefined : parseAddress(what, "--recover");
  const plan = await planRecover(session.chain, await session.account(), { release, token });
  await transact(session, plan);
  const { inlet, amount, unit, to } = plan;
  session.say(`${to} received ${exactText(amount, unit)}.`);
  return { release, inlet, token: token ?? NATIVE, amount, to };
}
