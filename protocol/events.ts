import type { Abi, DecodeEventLogReturnType, Hex } from "viem";
import type { AssetRegistry$Type } from "../artifacts/contracts/AssetRegistry.sol/artifacts.d.ts";
import type { FeeLedger$Type } from "../artifacts/contracts/FeeLedger.sol/artifacts.d.ts";
import { eventDecoders } from "./eventDecoders.ts";

/** A decoded event of the registry or the ledger. Addresses are in lower case. */
export type LedgerEvent =
  | ({ contract: "registry" } & DecodeEventLogReturnType<AssetRegistry$Type["abi"]>)
  | ({ contract: "ledger" } & DecodeEventLogReturnType<FeeLedger$Type["abi"]>);

/** A decoded event of any contract, with the arguments of its ABI. Addresses are in lower case. */
export interface ContractEvent {
  /** The name of the contract in the deployment. */
  contract: string;
  eventName: string;
  args: Readonly<Record<string, unknown>> | readonly unknown[];
}

/** A log of a contract, named as in the deployment. */
export interface ContractLog {
  contract: string;
  topics: readonly Hex[];
  data: Hex;
}

/**
 * Creates the decoder of several contracts' logs, from their ABIs by name. The decoder returns undefined for a log whose
 * contract has no such event, and throws a RangeError if the log does not match the event's ABI.
 *
 * @example
 * const decode = logDecoder({ ledger: ledgerAbi });
 * decode({ contract: "ledger", topics, data }); // { contract: "ledger", eventName: "Deposited", args: { amount: 1n, … } }
 */
export function logDecoder(abis: Readonly<Record<string, Abi>>): (log: ContractLog) => ContractEvent | undefined {
  const decoders = new Map(Object.entries(abis).map(([name, abi]) => [name, eventDecoders(abi)]));
  return (log) => {
    const { contract } = log;
    const decode = decoders.get(contract)?.get(log.topics[0] ?? "0x");
    if (!decode) return undefined;
    const { eventName, args } = decode(log);
    return { contract, eventName, args };
  };
}
