import { isIdLike } from "#client/names/idLike.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { UserError } from "#protocol/userError.ts";
import { type Argument, type CommandName, COMMANDS, type Option, sharedOptionsOf } from "./commandLine.ts";

interface Declared {
  arguments?: Record<string, Argument>;
  options?: Record<string, Option>;
}

/**
 * Replaces the numbers among a command's values, which Hardhat passes as text. Hardhat's own numbers are refused without
 * a remedy, and can be larger than an id. A name in place of an id stays, for `resolveNames`.
 *
 * @throws {UserError} if an argument is no id and no name, or an option no whole number.
 */
export function readNumbers<T extends object>(name: CommandName, values: T): T {
  const { arguments: positional = {}, options = {} }: Declared = COMMANDS[name];
  const numbers: Record<string, number> = {};
  for (const [argument, { kind }] of Object.entries(positional)) {
    const text = textOf(values, argument);
    if ((kind === "release" || kind === "asset") && isIdLike(text)) numbers[argument] = parseRelease(text);
  }
  const declared = Object.entries({ ...sharedOptionsOf(name), ...options });
  const wholeNumbers = declared.filter(([, { kind }]) => kind === "numberWithDefault").map(([option]) => option);
  return { ...readWholeNumbers(values, wholeNumbers), ...numbers };
}

/**
 * Replaces these options, which Hardhat passes as text, by their numbers.
 *
 * @throws {UserError} if one is no whole number.
 */
export function readWholeNumbers<T extends object>(values: T, options: readonly string[]): T {
  const numbers = options.map((option) => [option, wholeNumber(option, textOf(values, option))]);
  return { ...values, ...Object.fromEntries(numbers) };
}

const textOf = (values: object, name: string) => String((values as Record<string, unknown>)[name]);

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  const name = option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UserError(`--${name} must be a whole number, written in digits only, such as 3. "${text}" is not one.`);
}
