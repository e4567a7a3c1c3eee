import { type Address, isAddressEqual } from "viem";
import type { Chain } from "../chain/chain.ts";
import { revertDataOf } from "../errors/explain.ts";
import { classifyRecipient, type Surroundings } from "./classifyRecipient.ts";
import { outletOf } from "./outlets.ts";
import type { AddressKind, Assessment, Purpose, Recipient, TokenOwner } from "./recipient.ts";
import { verdictOn } from "./rules.ts";

/** The loss if nobody can act with the recipient; completes "so …". */
const LOSS: Readonly<Record<Purpose, string>> = {
  shares: "the shares and all that they earn would be lost",
  asset: "nobody could ever publish a release of the asset, give a grant or retire a release",
  credit: "the credit could never be spent or withdrawn",
  tokens: "the money would be lost",
  native: "the money would be lost",
  grant: "nobody could ever use the grant",
  role: "nobody could ever act in this role",
};

/** The ability that the recipient needs; completes "Unless it has a function that …". */
const NEED: Readonly<Record<Purpose, string>> = {
  shares: "claims from the ledger, and withdraws all its credit there",
  asset: "publishes, grants and retires in the registry",
  credit: "withdraws or pays from its credit in the ledger",
  tokens: "sends the tokens on",
  native: "sends the money on",
  grant: "registers or publishes in the registry",
  role: "makes the calls of this role",
};

/** The scheduled call by which a timelock uses what it gets. */
const SCHEDULED: Readonly<Record<Purpose, string>> = {
  shares: "`claim` and `withdraw` of the ledger",
  asset: "`publish` or a transfer of the registry",
  credit: "`withdraw` of the ledger",
  tokens: "a transfer of the token",
  native: "a call that sends the money",
  grant: "`publish` of the registry",
  role: "any call",
};

const REMEDY = "Name an account that somebody controls.";

export interface AssessOptions {
  /** Accounts whose outlets are recognised before they are deployed. Default: none. */
  related?: readonly Address[];
}

/**
 * Judges an address for a purpose: whether somebody can act with it as the purpose needs.
 *
 * @example
 * ```ts
 * const { verdict, message } = await assessRecipient({ client: chain.client, chain }, { address, purpose: "shares" });
 * ```
 */
export async function assessRecipient(
  surroundings: Surroundings,
  recipient: Recipient,
  { related = [] }: AssessOptions = {},
): Promise<Assessment> {
  const { address, purpose, asset } = recipient;
  const { chain } = surroundings;
  const assetOwner = purpose === "asset" ? address : recipient.assetOwner;
  const found = await classifyRecipient(surroundings, address, { asset, assetOwner, related });
  const verdict = verdictOn(found, purpose);
  const judged = { ...recipient, found, outlet: undefined };
  if (purpose === "native" && verdict !== "refuse" && chain && (await refusesNative(chain, address, found))) {
    const message = `${address} refuses native money. Withdraw the wrapped token instead, or name another account.`;
    return { ...judged, verdict: "refuse", message };
  }
  if (verdict === "ok") return { ...judged, verdict, message: "" };
  const outlet =
    chain && found.kind === "contract" && OUTLET_HELPS.has(purpose) ? await outletOf(chain, address) : undefined;
  return { ...judged, verdict, message: messageFor(recipient, found, outlet), outlet };
}

/** An outlet serves a contract that never calls. It holds shares and credit for it; money can be sent to it directly. */
const OUTLET_HELPS: ReadonlySet<Purpose> = new Set(["shares", "credit"]);

function messageFor({ address, purpose }: Recipient, found: AddressKind, outlet: Address | undefined): string {
  switch (found.kind) {
    case "deadEnd":
      return `${address} is ${found.is}. Nobody can act with it, so ${LOSS[purpose]}. ${REMEDY}`;
    case "inlet":
      return inletMessage(address, purpose, found);
    case "outlet":
      return `${address} is the outlet of ${found.of}. An outlet only passes on money, so ${LOSS[purpose]}. Name ${found.of} itself.`;
    case "timelock":
      return `${address} is a timelock. It acts only by a call that is scheduled and executed after the delay: here ${SCHEDULED[purpose]}. Name it only if its proposers agree to schedule that.`;
    case "tokenAccount":
      return tokenAccountMessage(address, purpose, found);
    default: {
      const otherwise = outlet
        ? `, or name its outlet ${outlet} instead: anyone can pass on to the contract what the outlet earns and gets`
        : "";
      return `${address} is a contract, and it does not answer as a contract wallet (ERC-1271). Unless it has a function that ${NEED[purpose]}, ${LOSS[purpose]}. Ask whoever runs it first${otherwise}.`;
    }
  }
}

function inletMessage(
  address: Address,
  purpose: Purpose,
  { release, exists }: AddressKind & { kind: "inlet" },
): string {
  const whose = exists ? `release ${release}` : `release ${release}, which does not exist yet`;
  const is = `${address} is the inlet of ${whose}.`;
  switch (purpose) {
    case "shares":
      return `${is} Everything that the shares earn would go to the contributors of release ${release}, and the shares could never leave it. ${REMEDY}`;
    case "credit":
    case "tokens":
    case "native":
      return `${is} Everything would go to the contributors of release ${release}. To pay that release, use \`pay ${release}\`. Otherwise name an account that somebody controls.`;
    default:
      return `${is} An inlet only pays its release, so ${LOSS[purpose]}. ${REMEDY}`;
  }
}

function tokenAccountMessage(
  address: Address,
  purpose: Purpose,
  { token: { contract, id }, owner }: AddressKind & { kind: "tokenAccount" },
): string {
  const is = `${address} is the account (ERC-6551) of token ${id} of ${contract}`;
  return `${is}. ${ownerMessage(owner, purpose)}`;
}

function ownerMessage(owner: TokenOwner, purpose: Purpose): string {
  switch (owner.end) {
    case "circle":
      return `The chain of its owners leads back to itself, so nobody could ever act with it: ${LOSS[purpose]}. ${REMEDY}`;
    case "noToken":
      return `This token does not exist, so the account belongs to nobody, and later to whoever gets that token. Register the asset first, or name an account that somebody controls.`;
    case "elsewhere":
      return `That token is on another chain, so this account can only act if something there can call it: otherwise ${LOSS[purpose]}. Ask whoever runs it first.`;
    case "tooLong":
      return `Its chain of owners is too long to be followed. If nobody at its end can act, ${LOSS[purpose]}. Check it first.`;
    case "owner": {
      const rest = messageFor({ address: owner.address, purpose: "asset" }, owner.kind, undefined);
      return `It acts as the owner of the token wishes, ${owner.address}, and: ${rest}`;
    }
  }
}

/** Returns true if a contract refuses native money. The token that wraps it sends some, without a transaction. */
async function refusesNative(chain: Chain, address: Address, found: AddressKind): Promise<boolean> {
  if (found.kind === "account") return false;
  const wrapped = await chain.ledger.read.wrappedNative();
  if (isAddressEqual(wrapped, address)) return true;
  try {
    await chain.client.call({ account: wrapped, to: address, value: 1n, data: "0x" });
    return false;
  } catch (error) {
    // Without a revert, the reason is the sender's: it may have no native money.
    return revertDataOf(error) !== undefined;
  }
}
