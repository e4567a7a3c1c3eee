import { encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { percentText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import { transact } from "../transact.ts";

export interface TransferSharesOptions {
  asset: number;
  shares: string;
  to: string;
}

/** Hands over shares of an asset. */
export const transferShares: Command<TransferSharesOptions> = async (
  session,
  { asset, shares: text, to: recipient },
) => {
  if (!/^\d+$/.test(text) || BigInt(text) === 0n) {
    throw new UserError(`"${text}" is no number of shares. An asset has ${TOTAL_SHARES} of them.`);
  }
  const shares = BigInt(text);
  const to = session.address(recipient, "The recipient");
  const account = await session.account();
  const held = await session.ledger.read.balanceOf([account, BigInt(asset)]);
  if (held < shares) throw new UserError(`${account} has ${held} shares of asset ${asset}, and not ${shares}.`);
  session.say(
    "What the asset has earned stays with you. What is not settled yet goes along: collect first to keep it.",
  );
  await transact(session, [
    {
      does: `Transfer ${shares} of ${TOTAL_SHARES} shares of asset ${asset} (${percentText(Number(shares / 100n))}) to ${to}.`,
      to: session.deployment.ledger,
      data: encodeFunctionData({
        abi: ledgerAbi,
        functionName: "safeTransferFrom",
        args: [account, to, BigInt(asset), shares, "0x"],
      }),
    },
  ]);
  session.say(`${account} keeps ${held - shares} shares.`);
  return { asset, shares, to, kept: held - shares };
};
