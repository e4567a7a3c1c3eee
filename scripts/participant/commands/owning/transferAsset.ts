import { transferAsset as planTransfer } from "#client/acts/owning/transferAsset.ts";
import { sentenceStart } from "#client/names/nameTexts.ts";
import { parseAddress } from "#protocol/address.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import { transact } from "../../transact.ts";

/** Transfers an asset: its administration, without shares. */
export const transferAsset: Command<OptionsOf<"transfer-asset">> = async (session, options) => {
  const { asset } = options;
  const to = parseAddress(options.to, "The recipient");
  await transact(session, await planTransfer(session.chain, await session.account(), { asset, to }));
  session.print(`${sentenceStart(session.chain.names.asset(asset))} belongs to ${to}.`);
  return { asset, to };
};
