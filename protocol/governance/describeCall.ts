import { type Address, formatEther, formatUnits, type Hex, isHex, size, zeroAddress } from "viem";
import { periodText } from "../duration.ts";
import { printable } from "../texts/printable.ts";
import { type CallTargets, decodeRaw, type RawCall, textsOf } from "./decodeCall.ts";
import type { TimelockCall } from "./operation.ts";
import { ROLE_NAMES, roleOf } from "./roles.ts";

/** The facts that the words about calls need. */
export interface CallContext {
  targets: CallTargets;
  /** Finds a token's symbol and decimals by its address; undefined if they are not known. */
  currencyAt: (address: Address) => { symbol: string; decimals: number } | undefined;
}

/** Calls within calls are described down to this depth. */
const DEEPEST = 6;
/** The most lines about one call. */
const MOST_LINES = 200;

/** The most characters of an argument that are shown. */
const LONGEST_ARGUMENT = 300;

const UNKNOWN = "may do anything the timelock may";

/**
 * Describes a call that the timelock is to make, for people: one line for each call. A line about a call within another
 * one is indented by two spaces more.
 */
export function describeCall(context: CallContext, call: TimelockCall): string[] {
  const lines = linesOf(context, call, 0);
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES), `And ${lines.length - MOST_LINES} lines more: it ${UNKNOWN}`];
}

function linesOf(context: CallContext, { target, value, data }: TimelockCall, depth: number): string[] {
  const indent = "  ".repeat(depth);
  const sent = value === 0n ? "" : `, with ${formatEther(value)} of native money`;
  const raw = depth > DEEPEST ? undefined : decodeRaw(context.targets, target, data);
  if (!raw) {
    if (data === "0x" && value > 0n) return [`${indent}Send ${formatEther(value)} of native money to ${target}`];
    const bytes =
      data === "0x" ? "no data" : `data that cannot be decoded (${size(data)} bytes, ${data.slice(0, 10)}…)`;
    return [`${indent}Call ${target} with ${bytes}${sent}: it ${UNKNOWN}`];
  }
  const inner = innerCalls(raw, target);
  return [
    `${indent}${wordsFor(context, raw)}${sent}${inner ? ":" : ""}`,
    ...(inner ?? []).flatMap((each) => linesOf(context, each, depth + 1)),
  ];
}

/** Returns the calls that a call makes; undefined if it makes none that its data name. */
function innerCalls({ abiFunction: { name }, contract, values }: RawCall, target: Address): TimelockCall[] | undefined {
  if (name === "multicall") return (values[0] as Hex[]).map((data) => ({ target, value: 0n, data }));
  if (contract !== "timelock") return undefined;
  if (name === "schedule" || name === "execute") {
    const [to, value, data] = values as [Address, bigint, Hex];
    return [{ target: to, value, data }];
  }
  if (name !== "scheduleBatch" && name !== "executeBatch") return undefined;
  const [targets, amounts, payloads] = values as [Address[], bigint[], Hex[]];
  return targets.map((to, i) => ({ target: to, value: amounts[i] ?? 0n, data: payloads[i] ?? "0x" }));
}

type Words = (context: CallContext, values: readonly unknown[]) => string;

const WORDS: Readonly<Record<string, Words>> = {
  "ledger.admit": ({ currencyAt }, [currency]) => {
    const known = currencyAt(currency as Address);
    return `Admit ${String(currency)}${known ? ` (${known.symbol})` : ""} as a currency, for ever`;
  },
  "ledger.withdraw": (context, [currency, amount, to]) =>
    `Withdraw ${money(context, currency, amount)} of the timelock's credit to ${String(to)}`,
  "ledger.withdrawNative": (_, [amount, to]) =>
    `Withdraw ${formatEther(amount as bigint)} of native money from the timelock's credit to ${String(to)}`,
  "ledger.sweepCommons": ({ currencyAt }, [assets, currency]) =>
    `Sweep the commons' part of ${(assets as unknown[]).length} assets in ${currencyAt(currency as Address)?.symbol ?? String(currency)} to its beneficiary`,
  "ledger.multicall": (_, [calls]) => `Make ${(calls as unknown[]).length} calls of the ledger together`,
  "registry.multicall": (_, [calls]) => `Make ${(calls as unknown[]).length} calls of the registry together`,
  "timelock.grantRole": (_, [role, account]) => `Give ${roleName(role)} to ${holder(account)}${power(role)}`,
  "timelock.revokeRole": (_, [role, account]) => `Take ${roleName(role)} from ${holder(account)}`,
  "timelock.renounceRole": (_, [role]) => `Give up ${roleName(role)} of the timelock itself`,
  "timelock.updateDelay": (_, [delay]) =>
    `Change the delay to ${periodText(delay as bigint)}: calls that are scheduled afterwards need wait no longer than that`,
  "timelock.cancel": (_, [id]) => `Cancel the operation ${String(id)}`,
  "timelock.schedule": (_, values) => `Schedule, to be executed ${periodText(values[5] as bigint)} later`,
  "timelock.scheduleBatch": (_, values) =>
    `Schedule ${(values[0] as unknown[]).length} calls, to be executed together ${periodText(values[5] as bigint)} later`,
  "timelock.execute": () => "Execute another operation",
  "timelock.executeBatch": (_, values) =>
    `Execute another operation of ${(values[0] as unknown[]).length} calls together`,
};

function wordsFor(context: CallContext, raw: RawCall): string {
  const words = WORDS[`${raw.contract}.${raw.abiFunction.name}`];
  if (words) return words(context, raw.values);
  const { contract, arguments: given } = textsOf(raw);
  const values = given.map(({ name, value }, i) => `${name}: ${argumentText(value, typeof raw.values[i])}`).join(", ");
  return `Call ${contract}.${raw.abiFunction.name}(${values})`;
}

/** Quotes a proposer's text, so that nothing in it can look like a line about another call. */
function argumentText(value: string, type: string): string {
  const text = printable(type === "string" && !isHex(value) ? JSON.stringify(value) : value);
  const characters = [...text];
  if (characters.length <= LONGEST_ARGUMENT) return text;
  return `${characters.slice(0, LONGEST_ARGUMENT).join("")}… (${characters.length} characters)`;
}

function money({ currencyAt }: CallContext, currency: unknown, amount: unknown): string {
  const known = currencyAt(currency as Address);
  return known
    ? `${formatUnits(amount as bigint, known.decimals)} ${known.symbol}`
    : `${String(amount)} base units of ${String(currency)}`;
}

function roleName(id: unknown): string {
  const role = roleOf(String(id));
  return role ? ROLE_NAMES[role] : `a role that the timelock does not use (${String(id)})`;
}

const POWERS = {
  admin: ", which can then change all roles at once, without a delay",
  proposer: ", which can then schedule any call",
  canceller: ", which can then cancel any scheduled call",
  executor: ", which can then execute what is ready",
};

function power(id: unknown): string {
  const role = roleOf(String(id));
  return role ? POWERS[role] : "";
}

const holder = (account: unknown) =>
  account === zeroAddress ? "the zero address, which for EXECUTOR_ROLE means anyone" : String(account);
