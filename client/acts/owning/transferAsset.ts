import { type Address, encodeFunctionData, isAddressEqual } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { sentenceStart } from "../../names/nameTexts.ts";
import { revertDataOf } from "../../errors/explain.ts";
import { sharesText } from "../../parsing/allocations.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import { requireOwner } from "./requireOwner.ts";
import { sharesOf } from "./transferShares.ts";

export interface TransferAssetParameters {
  asset: number;
  to: Address;
}

/**
 * Plans to transfer an asset: its administration, without shares. Contracts that can act get it even if they do not
 * implement ERC-721's receiver.
 *
 * @throws {UserError} if the account does not own it, or if the recipient is a dead end or a contract that refuses it and
 * may be unable to act.
 */
export async function transferAsset(
  chain: Chain,
  account: Address,
  { asset, to }: TransferAssetParameters,
): Promise<Plan> {
  await requireOwner(chain, account, asset);
  if (isAddressEqual(to, account)) {
    throw new UserError(
      `${sentenceStart(chain.names.asset(asset))} belongs to ${account} already. Name another recipient.`,
    );
  }
  const recipientWarnings = await checkRecipients(chain, account, [{ address: to, purpose: "asset", asset }]);
  const safely = encodeFunctionData({
    abi: registryAbi,
    functionName: "safeTransferFrom",
    args: [account, to, BigInt(asset)],
  });
  const [isAccepted, shares, [isBound, identity]] = await Promise.all([
    isCarriedOut(chain, account, safely),
    sharesOf(chain, { account, asset }),
    chain.registry.read.identityOf([asset]),
  ]);
  if (!isAccepted && recipientWarnings.length > 0) {
    throw new UserError(
      `${to} is a contract that refuses ERC-721 tokens, and it is not known to be able to administer an asset. Name an account that somebody controls.`,
    );
  }
  const title = `Transfer ${chain.names.asset(asset)} to ${to}`;
  return {
    title,
    steps: [
      {
        does: `${title}: its administration, without shares.`,
        to: chain.deployment.registry,
        data: isAccepted
          ? safely
          : encodeFunctionData({
              abi: registryAbi,
              functionName: "transferFrom",
              args: [account, to, BigInt(asset)],
            }),
      },
    ],
    notes: [
      shares > 0n
        ? `Shares and income do not go with it: you keep your ${sharesText(shares)} of the shares, and what they earn. To transfer shares is an action of its own.`
        : "Shares and income do not go with it: they stay with the shareholders. You hold no shares of this asset.",
      "Grants that are recorded on chain stay valid. Grants that you have signed and that were not used become invalid.",
    ],
    warnings: [
      `The administration goes with it: from then on only ${to} can publish releases, grant, retire, replace the metadata, and transfer the asset. You cannot take it back.`,
      ...(isBound
        ? [
            `The asset stays bound to identity ${identity}, which does not go with it. Transfer the identity to the same account, too: a binding counts only while both have one owner.`,
          ]
        : []),
      ...(isAccepted
        ? []
        : [
            `${to} can act, but does not confirm that it takes ERC-721 tokens (onERC721Received). The asset is transferred without this confirmation. Check the address.`,
          ]),
      ...recipientWarnings,
    ],
  };
}

/** Returns false if the recipient refuses a transfer that asks it. */
async function isCarriedOut({ client, deployment }: Chain, account: Address, data: `0x${string}`): Promise<boolean> {
  try {
    await client.call({ account, to: deployment.registry, data });
    return true;
  } catch (error) {
    if (revertDataOf(error) === undefined) throw error;
    return false;
  }
}
