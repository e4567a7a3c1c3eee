import { decodeErrorResult, type Hex, isHex } from "viem";
import { errorsAbi } from "#protocol/errorsAbi.ts";
import { ADVICE, type ErrorArguments } from "./advice.ts";
import { classifyFailure } from "#protocol/failures/failure.ts";
import { printable } from "#protocol/texts/printable.ts";

/** The reason that a call reverted with. */
export interface Reason {
  /** Name of the error; undefined if the contract gave none. */
  name: string | undefined;
  /** Arguments of the error, by name. */
  args: ErrorArguments;
  /** Meaning of the error, and the remedy. */
  message: string;
}

const CHECK = "Check the values that you gave. If they are right, report this with the command.";

/** Returns the reason that a call reverted with; undefined if the call failed without reverting. */
export function reasonOf(error: unknown): Reason | undefined {
  const data = revertDataOf(error);
  if (data === undefined) return undefined;
  if (data === "0x") {
    return {
      name: undefined,
      args: {},
      message:
        "The contract refused the call without a reason. Check the numbers and the network: perhaps a number is out of range, the currency lacks this function, or there is no contract at the address.",
    };
  }
  try {
    const { errorName, args = [], abiItem } = decodeErrorResult({ abi: errorsAbi, data });
    if (errorName === "Error")
      return {
        name: errorName,
        args: {},
        message: `The contract refused the call: ${asSentence(printable(String(args[0])))} ${CHECK}`,
      };
    if (errorName === "Panic") {
      const message = `A calculation in the contract failed (panic ${String(args[0])}). ${CHECK}`;
      return { name: errorName, args: {}, message };
    }
    const inputs = abiItem.type === "error" ? abiItem.inputs : [];
    const byName = Object.fromEntries(inputs.map(({ name }, i) => [name ?? i, args[i]]));
    return { name: errorName, args: byName, message: ADVICE[errorName]?.(byName) ?? errorName };
  } catch {
    return {
      name: undefined,
      args: {},
      message: `The contract refused the call with a reason that this program does not know: ${data}. ${CHECK}`,
    };
  }
}

/** Returns the revert data of a failed call: "0x" if there are none, undefined if the call did not revert. */
export function revertDataOf(error: unknown): Hex | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    const data = dataOf(each);
    if (data !== undefined) return data;
  }
  return classifyFailure(error).kind === "refused" ? "0x" : undefined;
}

/** Looks for revert data inside an error: nodes and wallets wrap them in errors of their own. */
function dataOf(error: unknown): Hex | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { data, originalError } = error as { data?: unknown; originalError?: unknown };
  return isHex(data) ? data : (dataOf(data) ?? dataOf(originalError));
}

/** Adds a period to a text that does not end a sentence yet. */
export const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Returns the message of an error's innermost cause, which comes from the node or the network. */
export function innermostMessage(error: unknown): string {
  let last = error;
  while (last instanceof Error && last.cause instanceof Error) last = last.cause;
  return last instanceof Error ? (last.message.split("\n")[0] ?? last.name) : String(last);
}
