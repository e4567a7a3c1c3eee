import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { knownMessage } from "#client/errors/errorMessage.ts";
import { Refusal, toUserError } from "#client/errors/refusal.ts";
import { wellFormed } from "#protocol/texts/wellFormed.ts";
import { UserError } from "#protocol/userError.ts";
import { reasonFor, runTask } from "#node/orderlyStop.ts";
import type { SharedOptions } from "./commandLine.ts";
import { withHint, withNetworkHint } from "./hint.ts";
import type { MinedTransaction } from "./minedTransaction.ts";
import { openSession } from "./openSession.ts";
import type { Session } from "./session.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { DryRunEnd, ProposalEnd } from "./transact.ts";

/** A command: prints messages for people through the session, and returns the result for programs. */
export type Command<T> = (session: Session, options: T & SharedOptions) => Promise<object | void>;

interface RunOnNetworkParameters<T> {
  /** True if the command signs. If false, the network's key is not read. */
  needsKey: boolean;
  /** Parses values that Hardhat passes as text. Default: returns them unchanged. */
  parse?: (values: T & SharedOptions) => T & SharedOptions;
}

/** Runs a command on the network that `--network` names. */
export async function runOnNetwork<T>(
  name: string,
  command: Command<T>,
  options: T & SharedOptions,
  hre: HardhatRuntimeEnvironment,
  { needsKey, parse = (values) => values }: RunOnNetworkParameters<T>,
): Promise<void> {
  await runTask(async (signal) => {
    const terminal = processTerminal();
    let parsed = options;
    const open = () => {
      parsed = parse(options);
      return openSession({ hre, options: parsed, terminal, signal, needsKey });
    };
    await run({ name, command: (session) => command(session, parsed), options, terminal, open });
  });
}

interface RunParameters<T> {
  name: string;
  command: Command<T>;
  options: T & SharedOptions;
  terminal: Terminal;
  open: () => Promise<Session>;
}

/** Runs a command in a session. With `--json`, writes one JSON object in any case. */
export async function run<T>({ name, command, options, terminal, open }: RunParameters<T>): Promise<void> {
  let session: Session | undefined;
  let outcome: object = {};
  try {
    session = await open();
    outcome = { result: (await command(session, options)) ?? {} };
  } catch (error) {
    if (error instanceof DryRunEnd) {
      session?.print("Dry run: nothing was signed or sent.");
      outcome = { planned: error.planned };
    } else if (error instanceof ProposalEnd) {
      const { file, transactions } = error;
      const load = options.plain
        ? "Give its calls to the wallet"
        : "Load the file in the wallet's app (Safe: Apps, Transaction Builder)";
      session?.print(
        `Wrote ${file}. Nothing was signed or sent. ${load}, compare the transactions with the steps above, and execute them in this order.`,
      );
      outcome = { proposed: { file, transactions } };
    } else {
      const explained = withMined(forPeople(error), session?.mined ?? []);
      const errorName = explained instanceof Refusal ? explained.errorName : undefined;
      outcome = { error: { ...(errorName !== undefined && { name: errorName }), message: reasonFor(explained) } };
      throw explained;
    }
  } finally {
    if (options.json) {
      const transactions = session?.mined ?? [];
      const names = session?.chain.names.isEmpty === false ? session.chain.names : undefined;
      const account = await session?.account().catch(() => undefined);
      terminal.stdout(
        `${asJson({ command: name, chainId: session?.chain.chainId, account, transactions, ...outcome, names })}\n`,
      );
    }
  }
}

/** Runs a command that has no session, and explains its failure to people. */
export async function runCommand(command: (signal: AbortSignal) => Promise<void>): Promise<void> {
  await runTask(async (signal) => {
    try {
      await command(signal);
    } catch (error) {
      throw forPeople(error);
    }
  });
}

/** Returns a UserError for an error that a person can remedy; returns a fault of the program unchanged. */
function forPeople(error: unknown): unknown {
  const explained = toUserError(error);
  if (explained instanceof Refusal) return withHint(explained);
  if (explained instanceof UserError) return explained;
  const message = knownMessage(error);
  return message === undefined ? error : new UserError(withNetworkHint(error, message), { cause: error });
}

/**
 * Adds to a failure that says nothing about the transactions of this run what is mined already: to run the command again
 * may send it twice.
 */
function withMined(error: unknown, mined: readonly MinedTransaction[]): unknown {
  const last = mined.at(-1);
  if (!last || !(error instanceof UserError) || error instanceof Refusal || error.cause === undefined) return error;
  const count = mined.length === 1 ? "A transaction" : `The last of ${mined.length} transactions`;
  return new UserError(
    `${error.message} ${count} of this run is mined already: ${last.does} (${last.url ?? last.hash}). Look at its result before you run the command again, so that nothing is sent twice.`,
    { cause: error.cause },
  );
}

const asJson = (value: unknown) =>
  JSON.stringify(value, (name, each: unknown) => {
    if (name === "logs") return undefined;
    if (typeof each === "string") return wellFormed(each);
    return typeof each === "bigint" ? String(each) : each;
  });
