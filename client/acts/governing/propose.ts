import {
  type Address,
  decodeFunctionData,
  encodeFunctionData,
  type Hex,
  isAddressEqual,
  numberToHex,
  zeroHash,
} from "viem";
import { ledgerAbi, timelockAbi } from "#protocol/abis.ts";
import { periodText, timeText } from "#protocol/duration.ts";
import { batchArguments, type Operation, operationId, type TimelockCall } from "#protocol/governance/operation.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { errorMessage } from "../../errors/errorMessage.ts";
import { Refusal, toUserError } from "../../errors/refusal.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkCurrency } from "./checkCurrency.ts";
import { readState, timeOf } from "./operations.ts";
import { findTimelock, requireRole, timelockAt } from "./timelock.ts";
import { sayCalls } from "./words.ts";

export interface ProposeParameters {
  /** The calls, which are executed together, in this order. */
  calls: readonly TimelockCall[];
  /** The id of an operation that must be executed first. Default: none. */
  predecessor?: Hex | undefined;
  /** Tells operations with the same calls apart. Default: the smallest number that makes the operation a new one. */
  salt?: Hex | undefined;
  /** In seconds. Default: the least delay that the timelock allows. */
  delay?: bigint | undefined;
  /** True to schedule calls that would fail now. Default: false. */
  unchecked?: boolean;
}

export interface ProposePlan extends Plan {
  timelock: Address;
  operation: Operation;
  id: Hex;
  delay: bigint;
  /** The calls in words, one line for each. */
  says: readonly string[];
}

/**
 * Plans to schedule calls in the timelock. Tries first what they would do, as calls of the timelock itself.
 *
 * @throws {UserError} if the account is no proposer, the operation is scheduled already, a call would fail, or a currency
 *   breaks a condition of admission.
 */
export async function propose(
  chain: Chain,
  account: Address,
  { calls, predecessor = zeroHash, salt, delay, unchecked = false }: ProposeParameters,
): Promise<ProposePlan> {
  if (calls.length === 0) throw new UserError("There is nothing to schedule. Name at least one call.");
  const timelock = await findTimelock(chain);
  await requireRole(chain, account, { timelock, role: "proposer", does: "schedule calls" });
  const minDelay = await timelockAt(chain, timelock).read.getMinDelay();
  const wait = delay ?? minDelay;
  if (wait < minDelay) {
    throw new UserError(
      `The delay of ${periodText(wait)} is too short: the timelock wants at least ${periodText(minDelay)}. Give a longer one.`,
    );
  }
  const content = { calls, predecessor, isBatch: calls.length > 1 };
  const operation = { ...content, salt: await freeSalt(chain, timelock, content, salt) };
  const warnings = await tryCalls(chain, timelock, { calls, predecessor, unchecked });
  const says = await sayCalls(chain, timelock, calls);
  const id = operationId(operation);
  const ready = timeText((await timeOf(chain)) + wait);
  const title = calls.length === 1 ? (says[0] ?? "Schedule a call") : `Schedule ${calls.length} calls`;
  return {
    title: `Schedule in the timelock: ${title.replace(/:$/, "")}`,
    steps: [
      {
        does: `Schedule ${calls.length === 1 ? "this call" : `these ${calls.length} calls, to be executed together`}, ${periodText(wait)} from now at the earliest:\n${says.map((line) => `    ${line}`).join("\n")}`,
        to: timelock,
        data: scheduleData(operation, wait),
      },
    ],
    notes: [
      `The operation's id is ${id}. Anyone can execute it from about ${ready} on, and there is no time after which nobody can. Until it is executed, a canceller can cancel it.`,
    ],
    warnings,
    timelock,
    operation,
    id,
    delay: wait,
    says,
  };
}

function scheduleData(operation: Operation, delay: bigint): Hex {
  const { calls, predecessor, salt, isBatch } = operation;
  const [call] = calls;
  if (!isBatch && call) {
    const args = [call.target, call.value, call.data, predecessor, salt, delay] as const;
    return encodeFunctionData({ abi: timelockAbi, functionName: "schedule", args });
  }
  const args = [...batchArguments(operation), delay] as const;
  return encodeFunctionData({ abi: timelockAbi, functionName: "scheduleBatch", args });
}

/** The most salts that are tried. */
const MOST_SALTS = 100;

/** Finds a salt with which the operation is a new one. */
async function freeSalt(
  chain: Chain,
  timelock: Address,
  content: Omit<Operation, "salt">,
  wanted: Hex | undefined,
): Promise<Hex> {
  for (let n = 0; n < MOST_SALTS; n++) {
    const salt = wanted ?? numberToHex(n, { size: 32 });
    const id = operationId({ ...content, salt });
    const state = await readState(chain, timelock, id);
    if (state.is === "unknown") return salt;
    if (state.is !== "executed") {
      throw new UserError(
        `This is scheduled already, as ${id}: ${state.is === "ready" ? "anyone can execute it" : `it can be executed in ${periodText(state.left)}`}. To schedule it a second time, give another salt.`,
      );
    }
    if (wanted !== undefined) {
      throw new UserError(`This was executed already, as ${id}. To schedule it again, give another salt.`);
    }
  }
  throw new UserError(`This was executed ${MOST_SALTS} times already. To schedule it again, give another salt.`);
}

interface Tried extends Required<Pick<ProposeParameters, "calls" | "predecessor" | "unchecked">> {}

/** Tries the calls as the timelock would make them now. Returns warnings about what cannot be known. */
async function tryCalls(chain: Chain, timelock: Address, { calls, predecessor, unchecked }: Tried): Promise<string[]> {
  const warnings: string[] = [];
  const waits = predecessor !== zeroHash ? await readState(chain, timelock, predecessor) : undefined;
  if (waits?.is === "unknown") {
    warnings.push(
      `The predecessor ${predecessor} is not scheduled. Until it has been scheduled and executed, this operation cannot be executed.`,
    );
  }
  const isFirst = waits === undefined || waits.is === "executed";
  for (const [i, call] of calls.entries()) {
    for (const currency of admittedBy(chain, call)) {
      const checked = await checkCurrency(chain, currency).catch((error: unknown) => {
        if (unchecked && error instanceof UserError) return { warnings: [error.message] };
        throw error;
      });
      warnings.push(...checked.warnings);
    }
    const failure = await whyItFails(chain, timelock, call);
    if (failure === undefined) continue;
    const which = calls.length > 1 ? `Call ${i + 1} of ${calls.length}` : "The call";
    // A later call may need what the calls before it do, and that is not simulated.
    if (i === 0 && isFirst && !unchecked) {
      throw new Refusal(
        `${which} would fail, if the timelock made it now: ${errorMessage(failure)} To schedule it all the same, leave out this check.`,
        failure instanceof Refusal ? failure.errorName : undefined,
      );
    }
    warnings.push(
      `${which} would fail, if the timelock made it now: ${errorMessage(failure)} It can be executed only once that has changed.`,
    );
  }
  return [...new Set(warnings)];
}

async function whyItFails(
  { client }: Chain,
  timelock: Address,
  { target, data, value }: TimelockCall,
): Promise<unknown> {
  const balance = value === 0n ? 0n : await client.getBalance({ address: timelock });
  if (balance < value) {
    return new UserError(
      `It sends ${value} wei, but the timelock ${timelock} has only ${balance}. Send it the rest, which anyone can do.`,
    );
  }
  try {
    await client.call({ account: timelock, to: target, data, value });
    return undefined;
  } catch (error) {
    const reason = toUserError(error);
    if (reason instanceof UserError) return reason;
    throw error;
  }
}

/** Lists the currencies that a call admits, also within a multicall. */
function admittedBy({ deployment }: Chain, { target, data }: TimelockCall): Address[] {
  if (!isAddressEqual(target, deployment.ledger)) return [];
  try {
    const { functionName, args } = decodeFunctionData({ abi: ledgerAbi, data });
    if (functionName === "admit") return [args[0]];
    if (functionName !== "multicall") return [];
    return args[0].flatMap((inner) => admittedBy({ deployment } as Chain, { target, value: 0n, data: inner }));
  } catch {
    return [];
  }
}
