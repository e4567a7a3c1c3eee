import { type Abi, type AbiFunction, type Address, decodeFunctionData, type Hex, toFunctionSelector } from "viem";
import { formatAbiItem } from "viem/utils";
import { ledgerAbi, registryAbi, timelockAbi } from "#protocol/abis.ts";

/** A call of one of our contracts, in a form that people can read. */
export interface DecodedCall {
  /** The contract's name in the deployment. */
  contract: string;
  /** The function with the types of its parameters, such as `admit(address)`. */
  signature: string;
  arguments: { name: string; type: string; value: string }[];
}

/** The contracts whose calls can be decoded, by address in lower case. */
export interface CallTargets {
  ledger: Address;
  registry: Address;
  timelock: Address;
}

const ABIS: Readonly<Record<keyof CallTargets, Abi>> = {
  ledger: ledgerAbi,
  registry: registryAbi,
  timelock: timelockAbi,
};

/** Decodes a call; undefined if its target is not a contract of the deployment or has no such function. */
export function decodeCall(targets: CallTargets, target: Address, data: Hex): DecodedCall | undefined {
  const contract = (Object.keys(ABIS) as (keyof CallTargets)[]).find((name) => targets[name] === target);
  if (!contract) return undefined;
  const abi = ABIS[contract];
  const abiFunction = abi.find(
    (item): item is AbiFunction => item.type === "function" && toFunctionSelector(item) === data.slice(0, 10),
  );
  if (!abiFunction) return undefined;
  try {
    const { args = [] } = decodeFunctionData({ abi: [abiFunction], data });
    return {
      contract,
      signature: formatAbiItem(abiFunction),
      arguments: abiFunction.inputs.map(({ name = "", type }, i) => ({ name, type, value: textOf(args[i]) })),
    };
  } catch {
    return undefined; // the timelock accepts malformed calldata
  }
}

/** Formats a value: numbers in decimal digits, addresses and bytes unchanged, lists and structures as JSON. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const plain = (_name: string, each: unknown) => (typeof each === "bigint" ? String(each) : each);
  return typeof value === "bigint" ? String(value) : JSON.stringify(value, plain);
}
