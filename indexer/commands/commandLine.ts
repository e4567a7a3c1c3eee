import { Command, Option } from "commander";
import { ZodOptional, type ZodType } from "zod";
import { givenTo, type ListQuestion } from "../query/question.ts";
import { questions } from "../books/books.ts";
import { createLog } from "#node/log.ts";
import { UserError } from "#protocol/userError.ts";
import { exportAnswer } from "./exportAnswer.ts";
import { exportTables } from "./exportTables.ts";
import { runProgram } from "#node/orderlyStop.ts";
import { runService } from "./runService.ts";
import { runVerify } from "./runVerify.ts";
import {
  collect,
  duration,
  positiveNumber,
  readChains,
  readPublicNodes,
  type SharedOptions,
  wholeNumber,
} from "./settings.ts";
import { STANDARD_OUTPUT } from "./writeOut.ts";

const log = createLog();

interface NodeOptions extends SharedOptions {
  rps?: number;
}

interface ServeOptions extends NodeOptions {
  host: string;
  port?: number;
  verifyEvery: number;
  verifySample: number;
  readyWithin: number;
  readyAge?: number;
  explorerRpc?: string[];
  grace: number;
}

interface IndexOptions extends ServeOptions {
  serve: boolean;
  finality?: number;
}

const DEFAULT_PORT = 4000;

/** The command line of the indexer. */
export function commandLine(): Command {
  const program = new Command("npm run indexer --")
    .description("Follows deployments of Tributary, and answers questions about them.")
    .helpCommand(false)
    .showHelpAfterError("--help lists all options.");
  program.addHelpText(
    "after",
    "\nWithout the name of a command it is `index`. `npm run indexer -- <command> --help` says more.",
  );

  serving(program.command("index", { isDefault: true }))
    .description("follow the chain, write what happens to the store, and serve it")
    .option(
      "--finality <n>",
      "how many blocks deep a block is final (what the nodes call final, else 64)",
      wholeNumber(0),
    )
    .option("--no-serve", "answer no questions; with --port, only of health and metrics")
    .action((options: IndexOptions) =>
      runProgram(log, async (stop) => {
        const { host, port, serve } = options;
        const chains = await readChains(options, { defaultRpc: true });
        const publicNodes = readPublicNodes(options.explorerRpc ?? [], chains);
        const listen = { host, port: port ?? DEFAULT_PORT, questions: serve, publicNodes };
        const settings = {
          ...serviceOf(options),
          chains,
          writes: true,
          finalityDepth: options.finality,
          listen: serve || port !== undefined ? listen : undefined,
        };
        return runService(settings, log, stop);
      }),
    );

  serving(program.command("serve"))
    .description("serve what another process writes; any number can, over one PostgreSQL and its replicas")
    .addHelpText(
      "after",
      "\nNodes are asked to verify and for the payers of an inlet. Without any, neither can be done, and a block\nthat is older than --ready-age is the only sign that the process which writes has stopped.",
    )
    .action((options: ServeOptions) =>
      runProgram(log, async (stop) => {
        const chains = await readChains(options, { defaultRpc: false });
        const publicNodes = readPublicNodes(options.explorerRpc ?? [], chains);
        const listen = { host: options.host, port: options.port ?? DEFAULT_PORT, questions: true, publicNodes };
        return runService({ ...serviceOf(options), chains, writes: false, listen }, log, stop);
      }),
    );

  asking(shared(program.command("verify")))
    .description("compare the store with the contracts, and print what differs; the exit code is 1 if anything does")
    .option("--sample <n>", "compare about so many answers of the contracts (all)", wholeNumber(1))
    .option("--seed <text>", "which ones to compare of a sample: the same seed chooses the same")
    .option("--block <n>", "as of an earlier block, whose state the nodes must still have (the newest)", wholeNumber(0))
    .option("--json", "print the result as a line of JSON for each chain", false)
    .action((options: NodeOptions & { sample?: number; seed?: string; block?: number; json: boolean }) =>
      runProgram(log, async (stop) => {
        const { rps, sample, seed, json } = options;
        const block = options.block === undefined ? undefined : BigInt(options.block);
        const chains = await readChains(options, { defaultRpc: true });
        return runVerify({ chains, requestsPerSecond: rps, sample, seed, block, json }, stop);
      }),
    );

  const exporting = program
    .command("export")
    .description("write tables of the store, or the whole answer to a question, all as of the same block");
  shared(exporting.command("tables", { isDefault: true }))
    .description("write the store's tables as files (so it does where nothing is named)")
    .argument("[tables...]", "which ones, such as fees, claims or settlements (all)")
    .option("--to <folder>", "where to write them; - is the standard output, for one table", "export")
    .addOption(formatOption())
    .action((tables: string[], options: SharedOptions & { to: string; format: Format }) =>
      runProgram(log, async (stop) => {
        const chains = await readChains(options, { defaultRpc: false });
        for (const chain of chains) {
          const to =
            chains.length > 1 && options.to !== STANDARD_OUTPUT ? `${options.to}/${chain.source.chainId}` : options.to;
          await exportTables({ chain, tables, format: options.format, to }, log, stop);
        }
      }),
    );
  for (const question of questions) if (question.type === "list") addExport(exporting, question);
  return program;
}

type Format = "csv" | "ndjson";

interface ExportOptions extends SharedOptions {
  format: Format;
  output: string;
  block?: number;
  orderBy?: string;
  orderDirection?: "asc" | "desc";
}

const formatOption = () => new Option("--format <format>", "what to write").choices(["csv", "ndjson"]).default("csv");

/** A command that exports a list, with the options that the question is declared with. */
function addExport(exporting: Command, question: ListQuestion): void {
  const { name, summary, description = "", orders } = question;
  const command = shared(exporting.command(name)).description(summary);
  if (description !== "") command.addHelpText("after", `\n${description}`);
  const params = Object.entries(givenTo(question).shape) as [string, ZodType][];
  for (const [param, schema] of params) {
    const option = new Option(`--${withHyphens(param)} <${param}>`, descriptionOf(schema));
    command.addOption(option.makeOptionMandatory(!schema.safeParse(undefined).success));
  }
  if (orders.length > 1) {
    command.addOption(new Option("--order-by <field>", `what to order by (${orders[0]})`).choices(orders));
  }
  command
    .addOption(new Option("--order-direction <direction>", "ascending or descending").choices(["asc", "desc"]))
    .option("--block <n>", "as of an earlier block (the newest)", wholeNumber(0))
    .addOption(formatOption())
    .option("--output <file>", "where to write it; - is the standard output", STANDARD_OUTPUT)
    .action((options: ExportOptions & Record<string, string>) =>
      runProgram(log, async (stop) => {
        const [chain, another] = await readChains(options, { defaultRpc: false });
        if (!chain || another) throw new UserError("One deployment at a time is asked.");
        const { format, output, block, orderBy, orderDirection } = options;
        const given = params.filter(([param]) => options[param] !== undefined);
        const settings = {
          chain,
          question,
          params: Object.fromEntries(given.map(([param]) => [param, options[param]])),
          order: { ...(orderBy && { by: orderBy }), ...(orderDirection && { descending: orderDirection === "desc" }) },
          block: block === undefined ? undefined : BigInt(block),
          format,
          output,
        };
        await exportAnswer(settings, log, stop);
      }),
    );
}

/** Of a shape, or of what it makes optional. */
const descriptionOf = (schema: ZodType): string | undefined =>
  schema.description ?? (schema instanceof ZodOptional ? descriptionOf(schema.unwrap() as ZodType) : undefined);

const withHyphens = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function shared(command: Command): Command {
  return command
    .option(
      "--deployment <file>",
      "which deployment, such as deployments/1.json; several, if each is on a chain of its own",
      collect,
    )
    .option("--folder <folder>", "where everything is kept, in an embedded database (.tributary/<chain id>)")
    .option("--database <url>", "or the PostgreSQL database where it is kept ($DATABASE_URL)");
}

function asking(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--rpc <url>",
        "a node of the chain, http(s) or ws(s); <chain id>=URL where there are several chains. Several are named one by one, or separated by commas; each takes over where another fails ($RPC_URL)",
      ).argParser(collect),
    )
    .option("--rps <n>", "at most so many requests a second to each node (unlimited)", positiveNumber);
}

function serving(command: Command): Command {
  return asking(shared(command))
    .option("--host <host>", "the address to serve on", "127.0.0.1")
    .option("--port <n>", `the port to serve on (${DEFAULT_PORT})`, wholeNumber(1, 65_535))
    .addOption(
      new Option(
        "--verify-every <time>",
        "compare the store with the contracts so often, such as 30s, 10m or 2h; 0: never",
      )
        .argParser(duration)
        .default(600_000, "10m"),
    )
    .option(
      "--verify-sample <n>",
      "about how many answers of the contracts to compare each time",
      wholeNumber(1),
      2_000,
    )
    .option("--ready-within <n>", "how many blocks behind the newest it still is ready", wholeNumber(0), 10)
    .option(
      "--explorer-rpc <url>",
      "a node that the explorer tells its readers' browsers to ask, so one without secrets; <chain id>=URL where there are several chains (none)",
      collect,
    )
    .addOption(
      new Option(
        "--ready-age <time>",
        "how old the newest block may be for it to be ready; 0: any age (10m where no node is named, else 0)",
      ).argParser(duration),
    )
    .addOption(
      new Option("--grace <time>", "how long requests under way may take once it is told to stop")
        .argParser(duration)
        .default(10_000, "10s"),
    );
}

const serviceOf = ({ rps, verifyEvery, verifySample, readyWithin, readyAge, grace }: ServeOptions) => ({
  requestsPerSecond: rps,
  verifyEveryMs: verifyEvery,
  verifySample,
  readyWithin: BigInt(readyWithin),
  readyAgeMs: readyAge,
  graceMs: grace,
});
