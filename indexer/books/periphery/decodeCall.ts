import { type Abi, type AbiFunction, type Address, decodeFunctionData, type Hex, toFunctionSelector } from "viem";
import { formatAbiItem } from "viem/utils";
import { ledgerAbi, registryAbi, timelockAbi } from "#protocol/abis.ts";

/** A call of one of our contracts, as people read it. */
export interface DecodedCall {
  /** The contract's name in the deployment. */
  contract: string;
  /** The function with the types of its parameters, such as `admit(address)`. */
  signature: string;
  arguments: { name: string; type: string; value: string }[];
}

/** Contracts that the timelock can be told to call, by address in lower case. */
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

/** Decodes a call; undefined if its target is no contract of the deployment, or has no such function. */
export function decodeCall(targets: CallTargets, target: Address, data: Hex): DecodedCall | undefined {
  const contract = (Object.keys(ABIS) as (keyof CallTargets)[]).find((name) => targets[name] === target);
  if (!contract) return undefined;
  const abi = ABIS[contract];
  const called = abi.find(
    (item): item is AbiFunction => item.type === "function" && toFunctionSelector(item) === data.slice(0, 10),
  );
  if (!called) return undefined;
  try {
    const { args = [] } = decodeFunctionData({ abi: [called], data });
    return {
      contract,
      signature: formatAbiItem(called),
      arguments: called.inputs.map(({ name = "", type }, i) => ({ name, type, value: textOf(args[i]) })),
    };
  } catch {
    return undefined; // anything can be scheduled, such as arguments that are cut off
  }
}

/** Numbers in decimal digits, addresses and bytes as they are, lists and structures as JSON. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const plain = (_name: string, each: unknown) => (typeof each === "bigint" ? String(each) : each);
  return typeof value === "bigint" ? String(value) : JSON.stringify(value, plain);
}
