import { type Address, isAddressEqual } from "viem";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../chain/chain.ts";
import { assessRecipient } from "./assessRecipient.ts";
import type { Surroundings } from "./classifyRecipient.ts";
import type { Assessment, Recipient } from "./recipient.ts";

/** Number of recipients that are looked up at the same time. */
const AT_ONCE = 8;

/**
 * Checks the recipients of a plan before anything is signed.
 *
 * @param account The account that signs. It acts, so it needs no check as a recipient.
 * @returns Warnings of contracts that may be passive.
 * @throws {UserError} if one is a dead end.
 */
export const checkRecipients = (chain: Chain, account: Address, recipients: readonly Recipient[]): Promise<string[]> =>
  warningsOf({ client: chain.client, chain }, recipients, account);

/**
 * Like {@link checkRecipients}, also where there is no deployment yet.
 *
 * @throws {UserError} if one is a dead end.
 */
export async function warningsOf(
  surroundings: Surroundings,
  recipients: readonly Recipient[],
  account: Address | undefined,
): Promise<string[]> {
  const others = unique(recipients).filter(({ address }) => account === undefined || !isAddressEqual(address, account));
  const related = [...(account === undefined ? [] : [account]), ...others.map(({ address }) => address)];
  const messages: string[] = [];
  for (let i = 0; i < others.length; i += AT_ONCE) {
    const some = await Promise.all(
      others.slice(i, i + AT_ONCE).map((each) => assessRecipient(surroundings, each, { related })),
    );
    messages.push(...some.flatMap(warningOf));
  }
  return [...new Set(messages)];
}

function warningOf({ verdict, message }: Assessment): string[] {
  if (verdict === "refuse") throw new UserError(message);
  return verdict === "warn" ? [message] : [];
}

const unique = (recipients: readonly Recipient[]): Recipient[] => [
  ...new Map(recipients.map((each) => [`${each.address.toLowerCase()}/${each.purpose}/${each.asset}`, each])).values(),
];
