import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { sharesText } from "../../parsing/allocations.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import { requireAsset } from "./requireOwner.ts";

export interface TransferSharesParameters {
  asset: number;
  shares: bigint;
  to: Address;
}

export interface TransferSharesPlan extends Plan {
  /** Number of shares that the account keeps. */
  kept: bigint;
}

/**
 * Plans to transfer shares of an asset.
 *
 * @throws {UserError} if the account has fewer shares, or the recipient is a dead end.
 */
export async function transferShares(
  chain: Chain,
  account: Address,
  { asset, shares, to }: TransferSharesParameters,
): Promise<TransferSharesPlan> {
  const held = await sharesOf(chain, { account, asset });
  if (held < shares) {
    await requireAsset(chain, asset);
    throw new UserError(
      `The account has ${held} shares of ${chain.names.asset(asset)} (${sharesText(held)}), fewer than ${shares} (${sharesText(shares)}). Transfer fewer.`,
    );
  }
  const warnings = await checkRecipients(chain, account, [{ address: to, purpose: "shares", asset }]);
  const title = `Transfer ${sharesText(shares)} of the shares of ${chain.names.asset(asset)}`;
  return {
    title,
    steps: [
      {
        does: `Transfer ${shares} of ${TOTAL_SHARES} shares of ${chain.names.asset(asset)} (${sharesText(shares)}) to ${to}.`,
        to: chain.deployment.ledger,
        data: encodeFunctionData({
          abi: ledgerAbi,
          functionName: "safeTransferFrom",
          args: [account, to, BigInt(asset), shares, "0x"],
        }),
      },
    ],
    notes: [
      "What the shares have earned from settled income stays with you. What they will earn from money that is not settled yet goes to the new holder: collect first to keep it.",
    ],
    warnings,
    kept: held - shares,
  };
}

/** Reads the number of shares of an asset that an account has. */
export const sharesOf = ({ ledger }: Chain, { account, asset }: { account: Address; asset: number }): Promise<bigint> =>
  ledger.read.balanceOf([account, BigInt(asset)]);
