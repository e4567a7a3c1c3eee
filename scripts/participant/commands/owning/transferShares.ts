import { transferShares as planTransfer } from "#client/acts/owning/transferShares.ts";
import { parseAddress } from "#protocol/address.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import { transact } from "../../transact.ts";

/** Transfers shares of an asset. */
export const transferShares: Command<OptionsOf<"transfer-shares">> = async (session, options) => {
  const { asset } = options;
  const to = parseAddress(options.to, "The recipient");
  const shares = parseShares(options.shares);
  const account = await session.account();
  const plan = await planTransfer(session.chain, account, { asset, shares, to });
  await transact(session, plan);
  session.print(`${account} keeps ${plan.kept} shares.`);
  return { asset, shares, to, kept: plan.kept };
};

function parseShares(text: string): bigint {
  if (/^\d+$/.test(text) && BigInt(text) > 0n && BigInt(text) <= TOTAL_SHARES) return BigInt(text);
  throw new UserError(`"${text}" is not a number of shares. Give a whole number from 1 to ${TOTAL_SHARES}.`);
}
