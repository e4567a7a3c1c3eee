import { type Address, zeroHash } from "viem";
import { z } from "zod";
import { type CallContext, describeCall } from "#protocol/governance/describeCall.ts";
import { decodeCall } from "#protocol/governance/decodeCall.ts";
import type { View } from "../../live/view.ts";
import { showPosition } from "../../query/present.ts";
import { Problem } from "../../query/problem.ts";
import { Position } from "../../query/shapes.ts";
import { peripheryFold } from "./fold.ts";
import type { PeripheryState, ScheduledCall } from "./state.ts";

export const STATES = ["waiting", "ready", "executed", "cancelled"] as const;

const DecodedCall = z
  .object({
    contract: z.string().describe("The name of the contract in the deployment file: ledger, registry or timelock."),
    signature: z
      .string()
      .describe("The function that is called, with the types of its parameters, such as `admit(address)`."),
    arguments: z
      .array(
        z
          .object({
            name: z.string().describe("The name of the parameter."),
            type: z.string().describe("The Solidity type of the parameter, such as `uint256`."),
            value: z
              .string()
              .describe(
                "The value: a number in decimal digits, an address or bytes in hexadecimal, other types as JSON.",
              ),
          })
          .meta({ id: "CallArgument", description: "An argument of a call." }),
      )
      .describe("The arguments, in the order of the parameters."),
  })
  .meta({ id: "DecodedCall", description: "A call of a contract of the deployment, decoded with the contract's ABI." });

export const GovernanceCall = z
  .object({
    id: z.string().describe("The id of the call, from the event that scheduled it: `<block number>-<log index>`."),
    operation: z.string().describe("The operation's id in the timelock. Calls of one operation are executed together."),
    index: z.string().describe("The index of the call in its operation, from 0, as a decimal string."),
    target: z.string().describe("The address that is called."),
    value: z.string().describe("The native money that is sent with the call, in wei, as a decimal string."),
    data: z.string().describe("The calldata, in hexadecimal."),
    decoded: DecodedCall.nullable().describe(
      "The decoded call; null if it is not a call of a contract of the deployment.",
    ),
    says: z
      .array(z.string())
      .describe(
        'The call in words, one line for each call. Lines about calls within a call follow it, each indented by two spaces more. What cannot be decoded "may do anything the timelock may".',
      ),
    predecessor: z
      .string()
      .nullable()
      .describe("The id of the operation that must be executed first; null if there is none."),
    delay: z.string().describe("The delay between scheduling and execution, in seconds, as a decimal string."),
    readyAt: z
      .string()
      .describe("The time from which the call can be executed, in seconds since 1970, as a decimal string."),
    state: z
      .enum(STATES)
      .describe(
        "The state at the answer's block. `waiting`: the delay is not over. `ready`: the delay is over; the predecessor may still have to be executed.",
      ),
    scheduled: Position.describe("The event that scheduled the call."),
    executed: Position.nullable().describe("The event that executed the call; null if it was not executed."),
    cancelled: Position.nullable().describe("The event that cancelled the call; null if it was not cancelled."),
  })
  .meta({ id: "GovernanceCall", description: "A call that was scheduled in the timelock." });

/** @throws {Problem} if the deployment names no timelock. */
export function requireTimelock(view: View): { state: PeripheryState; timelock: Address } {
  const state = view.states.of(peripheryFold);
  if (state.timelock) return { state, timelock: state.timelock };
  throw new Problem(
    "book-absent",
    "The deployment file names no timelock. The admin of this ledger is another account.",
  );
}

export const idOf = ({ scheduled }: ScheduledCall) => `${scheduled.blockNumber}-${scheduled.logIndex}`;

export const readyAt = ({ scheduled, delay }: ScheduledCall): bigint => BigInt(scheduled.timestamp) + delay;

export function stateOf({ block }: View, call: ScheduledCall): (typeof STATES)[number] {
  if (call.executed) return "executed";
  if (call.cancelled) return "cancelled";
  return BigInt(block.timestamp) >= readyAt(call) ? "ready" : "waiting";
}

export function showCall(view: View, call: ScheduledCall): z.input<typeof GovernanceCall> {
  const { operation, index, target, value, data, predecessor, delay, scheduled, executed, cancelled } = call;
  const context = contextOf(view);
  return {
    id: idOf(call),
    operation,
    index: String(index),
    target,
    value: String(value),
    data,
    decoded: decodeCall(context.targets, target, data) ?? null,
    says: describeCall(context, call),
    predecessor: predecessor === zeroHash ? null : predecessor,
    delay: String(delay),
    readyAt: String(readyAt(call)),
    state: stateOf(view, call),
    scheduled: showPosition(scheduled),
    executed: executed ? showPosition(executed) : null,
    cancelled: cancelled ? showPosition(cancelled) : null,
  };
}

/** The contracts and the currencies that words about calls are made with. */
function contextOf(view: View): CallContext {
  const { state, timelock } = requireTimelock(view);
  const registry = view.state.creation.get("registry");
  return {
    targets: { ...state.contracts, registry: registry as Address, ledger: view.state.ledger, timelock },
    currencyAt: (address) => view.state.currencies.get(address.toLowerCase() as Address),
  };
}
