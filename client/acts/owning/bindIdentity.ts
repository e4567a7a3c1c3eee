import { type Address, encodeFunctionData, erc721Abi, isAddressEqual, zeroAddress } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { KINDS } from "#protocol/kinds.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { sentenceStart } from "../../names/nameTexts.ts";
import { ifAnswered } from "../../errors/ifAnswered.ts";
import { Refusal, refusalFor } from "../../errors/refusal.ts";
import type { Plan } from "../../plan/plan.ts";
import { requireOwner } from "./requireOwner.ts";

export interface BindIdentityParameters {
  /** The agent. */
  asset: number;
  /** Its number in the chain's ERC-8004 identity registry. */
  identity: bigint;
}

/**
 * Plans to bind an agent to its ERC-8004 identity, for ever.
 *
 * @throws {UserError} if the deployment has no identity registry, if the asset is no agent, if the account does not own
 * both, or if one of them is bound already.
 */
export async function bindIdentity(
  chain: Chain,
  account: Address,
  { asset, identity }: BindIdentityParameters,
): Promise<Plan> {
  const { registry, ledger } = chain;
  await requireOwner(chain, account, asset);
  const { kind } = await ledger.read.releaseInfo([asset]);
  if (KINDS[kind] !== "agent") throw refusalFor("NotAnAgent", { asset });
  const identities = await requireIdentityRegistry(chain);
  const [[isBound, bound], boundTo] = await Promise.all([
    registry.read.identityOf([asset]),
    registry.read.assetOfIdentity([identity]),
  ]);
  if (isBound)
    throw alreadyBound(`${sentenceStart(chain.names.asset(asset))} is bound to identity ${bound}`, { asset, identity });
  if (boundTo !== 0)
    throw alreadyBound(`Identity ${identity} is bound to ${chain.names.asset(boundTo)}`, { asset, identity });
  await requireOwnIdentity(chain, account, { identities, identity });
  const title = `Bind ${chain.names.asset(asset)} to identity ${identity}`;
  return {
    title,
    steps: [
      {
        does: `${title} of the identity registry ${identities}, for ever.`,
        to: chain.deployment.registry,
        data: encodeFunctionData({ abi: registryAbi, functionName: "bindIdentity", args: [asset, identity] }),
      },
    ],
    notes: [
      "Readers should trust the binding only while the asset and the identity have one owner. If you transfer one of them, transfer the other, too.",
    ],
    warnings: [
      "A binding can never be changed or undone, and neither can be bound to another one. Check both numbers.",
    ],
  };
}

/** @throws {UserError} if the deployment has no identity registry. */
async function requireIdentityRegistry({ registry }: Chain): Promise<Address> {
  const identities = await registry.read.identityRegistry();
  if (identities !== zeroAddress) return identities;
  throw new UserError(
    "This deployment has no identity registry (ERC-8004), and can never get one, so its agents cannot be bound to an identity. State the identity in the agent's metadata instead.",
  );
}

const alreadyBound = (what: string, args: { asset: number; identity: bigint }) =>
  new Refusal(
    `${what} already. This can never be changed. Use another asset or another identity.`,
    "IdentityAlreadyBound",
    args,
  );

async function requireOwnIdentity(
  { client }: Chain,
  account: Address,
  { identities, identity }: { identities: Address; identity: bigint },
): Promise<void> {
  const owner = await ifAnswered(
    client.readContract({ address: identities, abi: erc721Abi, functionName: "ownerOf", args: [identity] }),
  );
  if (owner === undefined) {
    throw new UserError(
      `The identity registry ${identities} has no identity ${identity}. Check the number, or register the agent there first.`,
    );
  }
  if (isAddressEqual(owner, account)) return;
  throw new Refusal(
    `Identity ${identity} belongs to ${owner}, not to ${account}. The owner of the asset must own the identity, too. Sign with an account that owns both.`,
    "NotIdentityOwner",
    { identity, caller: account },
  );
}
