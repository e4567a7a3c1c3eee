import { type Address, type ContractEventName, isAddressEqual, parseEventLogs } from "viem";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import type { MinedTransaction } from "./minedTransaction.ts";

/** Returns the events of one name that the ledger emitted in a transaction. */
export function ledgerEvents<Name extends ContractEventName<typeof ledgerAbi>>(
  { logs }: MinedTransaction,
  ledger: Address,
  eventName: Name,
) {
  const own = logs.filter(({ address }) => isAddressEqual(address, ledger));
  return parseEventLogs({ abi: ledgerAbi, eventName, logs: own });
}

/** Returns the id of the release that a transaction published. */
export function publishedRelease({ logs }: MinedTransaction, registry: Address): number {
  const own = logs.filter(({ address }) => isAddressEqual(address, registry));
  const [event] = parseEventLogs({ abi: registryAbi, eventName: "ReleasePublished", logs: own });
  if (!event) throw new Error("The transaction published no release.");
  return event.args.release;
}
