import { type Address, encodeFunctionData } from "viem";
import { inletsAbi } from "#protocol/abis.ts";
import { amountText, exactText, type Unit } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import { requireRelease } from "../owning/requireOwner.ts";

export interface RecoverParameters {
  release: number;
  /** The address of a token that is not admitted; undefined for native money. */
  token: Address | undefined;
}

export interface RecoverPlan extends Plan {
  inlet: Address;
  amount: bigint;
  unit: Unit;
  /** The owner of the asset, who gets the money. */
  to: Address;
}

/**
 * Plans to send money that can never become a fee from a release's inlet to the owner of its asset.
 *
 * @throws {UserError} if there is no such release, if its inlet holds none of this token, or if the owner is a dead end.
 */
export async function recover(
  chain: Chain,
  account: Address,
  { release, token }: RecoverParameters,
): Promise<RecoverPlan> {
  const asset = await requireRelease(chain, release);
  const { inlets } = chain;
  const [inlet, owner] = await Promise.all([
    inlets.read.inletOf([release]),
    chain.registry.read.ownerOf([BigInt(asset)]),
  ]);
  if (token !== undefined && (await chain.client.getCode({ address: token })) === undefined) {
    throw new UserError(
      `There is no contract at ${token} on this chain, so it is no token. Check the address and the network.`,
    );
  }
  const unit = token === undefined ? chain.native : await chain.unitOf(token);
  const amount =
    token === undefined
      ? await chain.client.getBalance({ address: inlet })
      : await chain.token(token).read.balanceOf([inlet]);
  if (amount === 0n)
    throw new UserError(
      `The inlet of ${chain.names.release(release)} (${inlet}) holds none of this token. There is nothing to recover.`,
    );
  const purpose = token === undefined ? "native" : "tokens";
  const warnings = await checkRecipients(chain, account, [{ address: owner, purpose, asset }]);
  return {
    title: `Recover ${amountText(amount, unit)} from the inlet of ${chain.names.release(release)}`,
    steps: [
      {
        does: `Send ${exactText(amount, unit)} from the inlet of ${chain.names.release(release)} to ${owner}, who owns ${chain.names.asset(asset)}.`,
        to: inlets.address,
        data:
          token === undefined
            ? encodeFunctionData({ abi: inletsAbi, functionName: "recoverNative", args: [release] })
            : encodeFunctionData({ abi: inletsAbi, functionName: "recover", args: [release, token] }),
      },
    ],
    warnings,
    inlet,
    amount,
    unit,
    to: owner,
  };
}
