import { decodeErrorResult, type Hex, isHex } from "viem";
import { errorsAbi } from "#protocol/errorsAbi.ts";
import { ADVICE, type ErrorArguments } from "./advice.ts";
import { printable } from "#protocol/printable.ts";

/** The reason for which a call reverts. */
export interface Reason {
  /** The error's name; undefined if it gave none. */
  name: string | undefined;
  /** The error's arguments, by name. */
  args: ErrorArguments;
  /** Its meaning, and what to do about it. */
  says: string;
}

/** Reads why a call failed; undefined if it did not revert but could not be made. */
export function reasonOf(error: unknown): Reason | undefined {
  const data = revertDataOf(error);
  if (data === undefined) return undefined;
  if (data === "0x") {
    return {
      name: undefined,
      args: {},
      says: "The contract refuses without a reason. Perhaps a number is out of range, the currency has no such function, or the contract is not there.",
    };
  }
  try {
    const { errorName, args = [], abiItem } = decodeErrorResult({ abi: errorsAbi, data });
    if (errorName === "Error")
      return { name: errorName, args: {}, says: `The contract says: ${printable(String(args[0]))}` };
    if (errorName === "Panic") {
      return { name: errorName, args: {}, says: `A calculation in the contract failed (panic ${String(args[0])}).` };
    }
    const inputs = abiItem.type === "error" ? abiItem.inputs : [];
    const byName = Object.fromEntries(inputs.map(({ name }, i) => [name ?? i, args[i]]));
    return { name: errorName, args: byName, says: ADVICE[errorName]?.(byName) ?? errorName };
  } catch {
    return { name: undefined, args: {}, says: `The contract gives a reason that is not known here: ${data}` };
  }
}

/** The data that a call that reverted gave back; "0x" if none; undefined if it did not revert. */
function revertDataOf(error: unknown): Hex | undefined {
  let reverted = false;
  for (let each = error; each instanceof Error; each = each.cause) {
    const data = dataOf(each);
    if (data !== undefined) return data;
    reverted ||= /revert/i.test(each.message);
  }
  return reverted ? "0x" : undefined;
}

/** Nodes and wallets wrap what a contract gave back in errors of their own. */
function dataOf(error: unknown): Hex | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { data, originalError } = error as { data?: unknown; originalError?: unknown };
  return isHex(data) ? data : (dataOf(data) ?? dataOf(originalError));
}

/** The innermost message of an error: what the node or the network said. */
export function innermost(error: unknown): string {
  let last = error;
  while (last instanceof Error && last.cause instanceof Error) last = last.cause;
  return last instanceof Error ? (last.message.split("\n")[0] ?? last.name) : String(last);
}
