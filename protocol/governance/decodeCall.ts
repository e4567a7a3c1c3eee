import {
  type Abi,
  type AbiFunction,
  type Address,
  decodeFunctionData,
  encodeAbiParameters,
  type Hex,
  toFunctionSelector,
} from "viem";
import { formatAbiItem } from "viem/utils";
import { inletsAbi, ledgerAbi, outletsAbi, previewAbi, registryAbi, signedPaymentsAbi, timelockAbi } from "../abis.ts";
import { printable } from "../texts/printable.ts";

/** A call of one of our contracts, in a form that people can read. */
export interface DecodedCall {
  /** The contract's name in the deployment. */
  contract: string;
  /** The function with the types of its parameters, such as `admit(address)`. */
  signature: string;
  arguments: { name: string; type: string; value: string }[];
}

/** A decoded call with its arguments as values. */
export interface RawCall extends Pick<DecodedCall, "contract"> {
  abiFunction: AbiFunction;
  values: readonly unknown[];
}

const ABIS = {
  ledger: ledgerAbi,
  registry: registryAbi,
  timelock: timelockAbi,
  inlets: inletsAbi,
  outlets: outletsAbi,
  signedPayments: signedPaymentsAbi,
  preview: previewAbi,
} satisfies Record<string, unknown>;

/** The addresses of the contracts whose calls can be decoded, by their names in the deployment. */
export type CallTargets = Readonly<Record<string, Address | undefined>>;

/**
 * Decodes a call; undefined if its target is not a contract of the deployment or has no such function.
 *
 * Only data that compilers and tools would write is decoded. In any other, with dirty bits or bytes behind the arguments, a
 * contract may read something else; and where many offsets lead to the same place, short data would have endless calls in it.
 */
export function decodeRaw(targets: CallTargets, target: Address, given: Hex): RawCall | undefined {
  const contract = (Object.keys(ABIS) as (keyof typeof ABIS)[]).find(
    (name) => targets[name]?.toLowerCase() === target.toLowerCase(),
  );
  if (!contract) return undefined;
  const data = given.toLowerCase() as Hex;
  const selector = data.slice(0, 10);
  const abiFunction = (ABIS[contract] as unknown as Abi).find(
    (item): item is AbiFunction => item.type === "function" && toFunctionSelector(item) === selector,
  );
  if (!abiFunction) return undefined;
  try {
    const { args = [] } = decodeFunctionData({ abi: [abiFunction], data });
    const isUsual = `${selector}${encodeAbiParameters(abiFunction.inputs, args).slice(2)}` === data;
    return isUsual ? { contract, abiFunction, values: args } : undefined;
  } catch {
    return undefined; // the timelock accepts malformed calldata
  }
}

/** Decodes a call into texts; undefined if its target is not a contract of the deployment or has no such function. */
export function decodeCall(targets: CallTargets, target: Address, data: Hex): DecodedCall | undefined {
  const raw = decodeRaw(targets, target, data);
  return raw && textsOf(raw);
}

/** Formats a decoded call's arguments as texts. */
export const textsOf = ({ contract, abiFunction, values }: RawCall): DecodedCall => ({
  contract,
  signature: formatAbiItem(abiFunction),
  arguments: abiFunction.inputs.map(({ name = "", type }, i) => ({ name, type, value: textOf(values[i]) })),
});

/** Formats a value: numbers in decimal digits, addresses and bytes unchanged, lists and structures as JSON. */
function textOf(value: unknown): string {
  if (typeof value === "string") return printable(value);
  const plain = (_name: string, each: unknown) => (typeof each === "bigint" ? String(each) : each);
  return typeof value === "bigint" ? String(value) : printable(JSON.stringify(value, plain));
}
