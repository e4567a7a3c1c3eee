import { createPublicClient, type EIP1193Provider, http } from "viem";
import { type Command, run } from "../../../scripts/participant/command.ts";
import type { CommandName, OptionsOf, SharedOptions } from "../../../scripts/participant/commandLine.ts";
import { resolveNames } from "../../../scripts/participant/names/resolveNames.ts";
import { readNumbers } from "../../../scripts/participant/readNumbers.ts";
import { Session } from "../../../scripts/participant/session.ts";
import type { ParticipantNode } from "../participant.ts";

export interface AtTerminalParameters<Name extends CommandName> {
  on: ParticipantNode;
  name: Name;
  command: Command<OptionsOf<Name>>;
  /** Arguments and options, as they are typed: ids are texts. */
  typed: Record<string, unknown>;
  as?: { address: string };
  shared?: Partial<SharedOptions>;
  /** Answers to the questions, in their order. Default: yes to all. */
  answers?: readonly boolean[];
  /** The terminal. Default: a person reads and answers. */
  terminal?: { isInteractive: boolean; isSeen: boolean };
  /** The node that the command asks. Default: the one of the deployment. */
  provider?: Provider;
}

type Provider = Pick<EIP1193Provider, "request">;

/** Runs a command for a person at a terminal, with names in place of ids. */
export async function atTerminal<Name extends CommandName>({
  on,
  name,
  command,
  typed,
  as = on.accounts.payer,
  shared = {},
  answers = [],
  terminal: kind = { isInteractive: true, isSeen: true },
  provider,
}: AtTerminalParameters<Name>) {
  let words = "";
  let result: unknown;
  const questions: string[] = [];
  const terminal = {
    ...kind,
    stdout: (text: string) => (words += text),
    stderr: (text: string) => (words += text),
    ask: async (question: string) => {
      words += `${question}\n`;
      questions.push(question);
      return answers[questions.length - 1] ?? true;
    },
  };
  const options = {
    deployment: undefined,
    as: as.address,
    yes: false,
    json: false,
    dryRun: false,
    propose: undefined,
    plain: false,
    confirmations: 1,
    tip: undefined,
    maxFee: undefined,
    api: undefined,
    ...typed,
    ...shared,
  } as unknown as OptionsOf<Name> & SharedOptions; // a name is a text where an id is expected
  const parsed = readNumbers(name, options);
  const session = new Session({
    provider: provider ?? (createPublicClient({ transport: http(on.url, { retryCount: 0 }) }) as unknown as Provider),
    deployment: on.deployment,
    options: parsed,
    terminal,
    signal: new AbortController().signal,
  });
  const error: unknown = await run({
    name,
    command: async (opened) => {
      result = await command(opened, await resolveNames(opened, name, parsed));
    },
    options: parsed,
    terminal,
    open: async () => session,
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { words, questions, result, error: error as Error | undefined, mined: session.mined };
}
