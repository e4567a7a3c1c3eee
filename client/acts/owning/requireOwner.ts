import { type Address, isAddressEqual } from "viem";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { sentenceStart } from "../../names/nameTexts.ts";
import { orRefusal, Refusal, refusalFor } from "../../errors/refusal.ts";

/** @throws {Refusal} if there is no such asset, or the account does not own it. */
export async function requireOwner({ registry, names }: Chain, account: Address, asset: number): Promise<void> {
  const owner = await orRefusal(registry.read.ownerOf([BigInt(asset)]));
  if (isAddressEqual(owner, account)) return;
  throw new Refusal(
    `${sentenceStart(names.asset(asset))} belongs to ${owner}, not to ${account}. Only its owner can do this. Sign with the owner's account.`,
    "NotAssetOwner",
    { asset, caller: account, owner },
  );
}

/** @throws {Refusal} if there is no such release. */
export async function requireRelease({ ledger }: Chain, release: number): Promise<number> {
  const asset = await ledger.read.assetOf([release]);
  if (asset === 0) throw refusalFor("UnknownRelease", { release });
  return asset;
}

/** @throws {UserError} if there is no such asset. */
export async function requireAsset({ ledger }: Chain, asset: number, remedy = "Check the id."): Promise<void> {
  if ((await ledger.read.assetOf([asset])) === asset) return;
  throw new UserError(`There is no asset ${asset}. ${remedy}`);
}

/** @throws {Refusal} if there is no such release, or the account does not own its asset. */
export async function requireOwnerOfRelease(chain: Chain, account: Address, release: number): Promise<void> {
  await requireOwner(chain, account, await requireRelease(chain, release));
}
