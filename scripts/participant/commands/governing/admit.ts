import { admit as planAdmission } from "#client/acts/governing/admit.ts";
import { parseAddress } from "#protocol/address.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import { transact } from "../../transact.ts";
import { printScheduled } from "./propose.ts";

/** Admits a currency, or schedules its admission in the timelock. */
export const admit: Command<OptionsOf<"admit">> = async (session, options) => {
  const address = parseAddress(options.currency, "The currency");
  const plan = await planAdmission(session.chain, await session.account(), { currency: address });
  await transact(session, plan);
  const { currency, scheduled } = plan;
  if (scheduled) return { currency, admitted: false, ...printScheduled(session, scheduled) };
  session.print(`Admitted ${currency.symbol}.`);
  return { currency, admitted: true };
};
