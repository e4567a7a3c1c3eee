import { parseGwei } from "viem";
import { UserError } from "#protocol/userError.ts";

/** Prices that a person chose, in wei for one unit of gas. */
export interface FeeChoice {
  /** The tip for the block's producer. */
  tip?: bigint | undefined;
  /** The highest price, with the tip. */
  maxFee?: bigint | undefined;
}

/** A number of gwei above this is taken for an amount of wei without its unit. */
const MOST_GWEI = 1_000_000;

/**
 * Reads `--tip` and `--max-fee`, in gwei, such as 30, 1.5 or 30gwei.
 *
 * @throws {UserError} if one is malformed, or the tip is more than the highest price.
 */
export function parseFeeOptions({ tip, maxFee }: { tip?: string | undefined; maxFee?: string | undefined }): FeeChoice {
  const choice = { tip: parsePrice(tip, "--tip"), maxFee: parsePrice(maxFee, "--max-fee") };
  if (choice.tip !== undefined && choice.maxFee !== undefined && choice.tip > choice.maxFee)
    throw new UserError(
      `--tip ${tip} is more than --max-fee ${maxFee}, which includes it. Lower --tip or raise --max-fee.`,
    );
  return choice;
}

function parsePrice(text: string | undefined, option: string): bigint | undefined {
  if (text === undefined) return undefined;
  const [, number, unit] = /^(\d+(?:\.\d{1,9})?)\s*(gwei|wei)?$/i.exec(text.trim()) ?? [];
  if (number === undefined || (unit?.toLowerCase() === "wei" && number.includes(".")))
    throw new UserError(`${option} "${text}" is not a price. Write it in gwei, with a point, such as 30 or 1.5.`);
  if (unit?.toLowerCase() === "wei") return BigInt(number);
  if (Number(number) > MOST_GWEI)
    throw new UserError(
      `${option} is in gwei, and ${text} gwei is too much. For an amount in wei, write ${number}wei.`,
    );
  return parseGwei(number);
}
