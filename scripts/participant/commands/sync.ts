import { recover as planRecover } from "#client/acts/paying/recover.ts";
import { sync as planSync } from "#client/acts/paying/sync.ts";
import { sentenceStart } from "#client/names/nameTexts.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { splitList } from "#client/parsing/splitList.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import { assetsText } from "../names/assetsText.ts";
import { NATIVE } from "../native.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

/** Turns the money in a release's inlet into fees, or recovers money that can never become one. */
export const sync: Command<OptionsOf<"sync">> = async (
  session,
  { release, currency: named, recover: token, assets },
) => {
  if (token !== undefined) return recover(session, release, token);
  const only = named === undefined || named === NATIVE ? named : await session.currency(named);
  const held = assets === undefined ? undefined : splitList(assets).map(parseRelease);
  if (held) session.print(`Assets: ${await assetsText(session, held)}.`);
  const plan = await planSync(session.chain, await session.account(), {
    release,
    only,
    assets: held,
  });
  const mined = await transact(session, plan);
  const received = mined.flatMap((each) =>
    ledgerEvents(each, session.deployment.ledger, "FeePaid").map(({ args }) => ({
      currency: args.currency,
      amount: args.amount,
    })),
  );
  for (const { currency, amount } of received) {
    session.print(
      `${sentenceStart(session.chain.names.release(release))} received ${exactText(amount, await session.chain.currency(currency))}.`,
    );
  }
  return { release, inlet: plan.inlet, received };
};

async function recover(session: Session, release: number, tokenOrNative: string) {
  const token = tokenOrNative === NATIVE ? undefined : parseAddress(tokenOrNative, "--recover");
  const plan = await planRecover(session.chain, await session.account(), { release, token });
  await transact(session, plan);
  const { inlet, amount, unit, to } = plan;
  session.print(`${to} received ${exactText(amount, unit)}.`);
  return { release, inlet, token: token ?? NATIVE, amount, to };
}
