import { encodeFunctionData, isAddressEqual } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { type DraftOptions, readDraft, showPreview } from "../draft.ts";
import { describeDraft } from "#client/acts/draft.ts";
import { publishedRelease } from "../events.ts";
import type { Command } from "../command.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

export interface PublishOptions extends DraftOptions {
  asset: number;
}

/** Publishes a further release of an asset. */
export const publish: Command<PublishOptions> = async (session, options) => {
  const { asset } = options;
  await requireOwner(session, asset);
  const { keep } = await session.ledger.read.releaseInfo([asset]);
  const draft = await readDraft(options);
  await showPreview(session, draft, { keep, asset });
  const data =
    draft.grants.length === 0
      ? encodeFunctionData({ abi: registryAbi, functionName: "publish", args: [asset, draft.release] })
      : encodeFunctionData({
          abi: registryAbi,
          functionName: "publishWithGrants",
          args: [asset, draft.release, draft.grants],
        });
  const [mined] = await transact(session, [
    {
      does: `Publish a release of asset ${asset}, ${describeDraft(draft.release)}.`,
      to: session.deployment.registry,
      data,
    },
  ]);
  if (!mined) return;
  const release = publishedRelease(mined, session.deployment.registry);
  const inlet = session.deployment.periphery.inlets && (await session.inlets.read.inletOf([release]));
  session.say(`It is release ${release} of asset ${asset}.`);
  if (inlet) session.say(`Once that is final, money can be sent to its inlet, ${inlet}.`);
  return { asset, release, inlet };
};

/** @throws {UserError} if there is no such asset, or this account does not own it. */
export async function requireOwner(session: Session, asset: number): Promise<void> {
  if ((await session.ledger.read.assetOf([asset])) !== asset) {
    throw new UserError(`There is no asset ${asset}. An asset's id is that of its first release.`);
  }
  const [account, owner] = await Promise.all([session.account(), session.registry.read.ownerOf([BigInt(asset)])]);
  if (isAddressEqual(account, owner)) return;
  throw new UserError(`Asset ${asset} belongs to ${owner}, not to ${account}. Only its owner can do this (--as).`);
}

/** The asset of a release, which this account owns; see {@link requireOwner}. */
export async function requireOwnerOfRelease(session: Session, release: number): Promise<number> {
  await session.requireRelease(release);
  const asset = await session.ledger.read.assetOf([release]);
  await requireOwner(session, asset);
  return asset;
}
