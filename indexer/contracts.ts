import { type Abi, type DecodeEventLogReturnType, decodeEventLog, type Hex, toEventSelector } from "viem";
import AssetRegistry from "../artifacts/contracts/AssetRegistry.sol/AssetRegistry.json" with { type: "json" };
import type { AssetRegistry$Type } from "../artifacts/contracts/AssetRegistry.sol/artifacts.d.ts";
import FeeLedger from "../artifacts/contracts/FeeLedger.sol/FeeLedger.json" with { type: "json" };
import type { FeeLedger$Type } from "../artifacts/contracts/FeeLedger.sol/artifacts.d.ts";

// The compiler writes the same ABI twice: as JSON for us to load and as a type for TypeScript to reason with. A JSON
// import alone widens every literal to `string`, hence the casts.
export const registryAbi = AssetRegistry.abi as unknown as AssetRegistry$Type["abi"];
export const ledgerAbi = FeeLedger.abi as unknown as FeeLedger$Type["abi"];

export type ContractName = "registry" | "ledger";

/** An event of either contract, decoded. */
export type ContractEvent =
  | ({ contract: "registry" } & DecodeEventLogReturnType<AssetRegistry$Type["abi"]>)
  | ({ contract: "ledger" } & DecodeEventLogReturnType<FeeLedger$Type["abi"]>);

/** viem hashes every event of an ABI anew for each log; looking the one event up first is ten times faster. */
const eventsBySelector = (abi: Abi) =>
  new Map(abi.filter((item) => item.type === "event").map((item) => [toEventSelector(item), [item]] as const));

const events = { registry: eventsBySelector(registryAbi), ledger: eventsBySelector(ledgerAbi) };

/** Decodes a log of one of the contracts, or answers undefined if the contract has no such event. */
export function decodeContractLog(
  contract: ContractName,
  log: { topics: readonly Hex[]; data: Hex },
): ContractEvent | undefined {
  const [selector] = log.topics;
  const abi = selector && events[contract].get(selector);
  if (!abi) return undefined;
  const decoded = decodeEventLog({ abi, topics: log.topics as [Hex, ...Hex[]], data: log.data, strict: true });
  // The event was found by its selector in the ABI that the union is made of.
  return { contract, ...decoded } as unknown as ContractEvent;
}
