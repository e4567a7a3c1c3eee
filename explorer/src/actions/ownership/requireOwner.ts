import { type Address, isAddressEqual } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { OnChain } from "../../wallet/onChain.ts";

/** @throws {UserError} if this account does not own the asset. */
export async function requireOwner({ client, deployment }: OnChain, account: Address, asset: number): Promise<void> {
  const owner = await client.readContract({
    address: deployment.registry,
    abi: registryAbi,
    functionName: "ownerOf",
    args: [BigInt(asset)],
  });
  if (isAddressEqual(owner, account)) return;
  throw new UserError(`Asset ${asset} belongs to ${owner}, not to ${account}. Only its owner can do this.`);
}
