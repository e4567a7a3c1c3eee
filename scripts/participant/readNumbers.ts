import { parseRelease } from "#client/parsing/parseRelease.ts";
import { UserError } from "#protocol/userError.ts";
import { type Argument, type CommandName, COMMANDS, type Option, sharedOptionsOf } from "./commandLine.ts";

interface Declared {
  arguments?: Record<string, Argument>;
  options?: Record<string, Option>;
}

/**
 * Replaces the numbers among a command's values, which Hardhat passes as text. Hardhat's own numbers are refused without
 * a remedy, and can be larger than an id.
 *
 * @throws {UserError} if an argument is no id, or an option no whole number.
 */
export function readNumbers<T extends object>(name: CommandName, values: T): T {
  const { arguments: positional = {}, options = {} }: Declared = COMMANDS[name];
  const numbers: Record<string, number> = {};
  for (const [argument, { kind }] of Object.entries(positional)) {
    if (kind === "number") numbers[argument] = parseRelease(textOf(values, argument));
  }
  for (const [option, { kind }] of Object.entries({ ...options, ...sharedOptionsOf(name) })) {
    if (kind === "numberWithDefault") numbers[option] = wholeNumber(option, textOf(values, option));
  }
  return { ...values, ...numbers };
}

const textOf = (values: object, name: string) => String((values as Record<string, unknown>)[name]);

function wholeNumber(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(`--${option} must be a whole number such as 3. "${text}" is not one.`);
}
