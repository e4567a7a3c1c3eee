import { type Address, type ContractEventName, isAddressEqual, parseEventLogs } from "viem";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import type { Mined } from "./mined.ts";

/** The events of one name that the ledger emitted in a transaction. */
export function ledgerEvents<Name extends ContractEventName<typeof ledgerAbi>>(
  { logs }: Mined,
  ledger: Address,
  eventName: Name,
) {
  const own = logs.filter(({ address }) => isAddressEqual(address, ledger));
  return parseEventLogs({ abi: ledgerAbi, eventName, logs: own });
}

/** The release that a transaction published. */
export function publishedRelease({ logs }: Mined, registry: Address): number {
  const own = logs.filter(({ address }) => isAddressEqual(address, registry));
  const [event] = parseEventLogs({ abi: registryAbi, eventName: "ReleasePublished", logs: own });
  if (!event) throw new Error("The transaction published no release.");
  return event.args.release;
}
