import type { DecodeEventLogReturnType, Hex } from "viem";
import type { AssetRegistry$Type } from "../artifacts/contracts/AssetRegistry.sol/artifacts.d.ts";
import type { FeeLedger$Type } from "../artifacts/contracts/FeeLedger.sol/artifacts.d.ts";
import { ledgerAbi, registryAbi } from "./abis.ts";
import { eventDecoders } from "./eventDecoders.ts";

export type ContractName = "registry" | "ledger";

/** An event of either contract, decoded. Addresses are in lower case. */
export type ContractEvent =
  | ({ contract: "registry" } & DecodeEventLogReturnType<AssetRegistry$Type["abi"]>)
  | ({ contract: "ledger" } & DecodeEventLogReturnType<FeeLedger$Type["abi"]>);

const decoders = { registry: eventDecoders(registryAbi), ledger: eventDecoders(ledgerAbi) };

/**
 * Decodes a log of one of the contracts; undefined if the contract has no such event.
 *
 * @throws {RangeError} if the log does not fit the event's ABI.
 */
export function decodeContractLog(
  contract: ContractName,
  log: { topics: readonly Hex[]; data: Hex },
): ContractEvent | undefined {
  const decode = decoders[contract].get(log.topics[0] ?? "0x");
  // The decoder was made from the very ABI that the union is made of.
  return decode && ({ contract, ...decode(log) } as unknown as ContractEvent);
}
