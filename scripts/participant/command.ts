import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { BaseError, type EIP1193Provider } from "viem";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
import { UserError } from "#protocol/userError.ts";
import { runTask } from "#node/orderlyStop.ts";
import { innermost } from "#client/errors/explain.ts";
import { Session, type SharedOptions } from "./session.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { OnlyShown, Refused } from "./transact.ts";

/** What a participant does: talks to people by the session, and answers what programs want to know of it. */
export type Command<T> = (session: Session, options: T & SharedOptions) => Promise<object | void>;

/**
 * Runs a command on the network that Hardhat was told.
 *
 * @param needsKey Whether it signs. Without, the network's key need not be there.
 */
export async function runOnNetwork<T>(
  name: string,
  command: Command<T>,
  options: T & SharedOptions,
  hre: HardhatRuntimeEnvironment,
  { needsKey }: { needsKey: boolean },
): Promise<void> {
  await runTask(async (signal) => {
    const terminal = processTerminal();
    const open = async () => {
      if (options.confirmations < 1) throw new UserError("--confirmations must be 1 or more.");
      const connection = await hre.network.create(needsKey ? {} : { override: { accounts: "remote" } });
      // Hardhat's own provider is one by EIP-1193; its types say so in other words.
      const provider = connection.provider as unknown as EIP1193Provider;
      const chainId = Number(await provider.request({ method: "eth_chainId" }));
      const deployment = await readDeployment(options.deployment ?? deploymentFile(chainId));
      if (deployment.chainId !== chainId) {
        throw new UserError(`The deployment is on chain ${deployment.chainId}, but the network is chain ${chainId}.`);
      }
      return new Session({ provider, deployment, options, terminal, signal });
    };
    await run({ name, command, options, terminal, open });
  });
}

interface RunParameters<T> {
  name: string;
  command: Command<T>;
  options: T & SharedOptions;
  terminal: Terminal;
  open: () => Promise<Session>;
}

/** Runs a command in a session. For programs, one JSON object is written whatever happens. */
export async function run<T>({ name, command, options, terminal, open }: RunParameters<T>): Promise<void> {
  let session: Session | undefined;
  let outcome: object = {};
  try {
    session = await open();
    outcome = { result: (await command(session, options)) ?? {} };
  } catch (error) {
    if (error instanceof OnlyShown) {
      session?.say("Nothing was sent: this was to be shown only.");
      outcome = { planned: error.planned };
    } else {
      const told =
        error instanceof BaseError
          ? new UserError(`The node does not do it: ${innermost(error)}`, { cause: error })
          : error;
      const errorName = told instanceof Refused ? told.errorName : undefined;
      outcome = { error: { ...(errorName !== undefined && { name: errorName }), message: messageOf(told) } };
      throw told;
    }
  } finally {
    if (options.json) {
      const transactions = session?.mined ?? [];
      const account = await session?.account().catch(() => undefined);
      terminal.stdout(`${asJson({ command: name, chainId: session?.chainId, account, transactions, ...outcome })}\n`);
    }
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const asJson = (value: unknown) =>
  JSON.stringify(value, (name, each: unknown) => {
    if (name === "logs") return undefined;
    return typeof each === "bigint" ? String(each) : each;
  });
