import { Command, Option } from "commander";
import { ZodOptional, type ZodType } from "zod";
import { describeOrders, parametersOf, type ListQuestion } from "../query/question.ts";
import type { BlockName } from "../query/parameters.ts";
import { questions } from "../books/books.ts";
import { createLog } from "#node/log.ts";
import { UserError } from "#protocol/userError.ts";
import { exportAnswer } from "./exportAnswer.ts";
import { exportTables } from "./exportTables.ts";
import { runProgram } from "#node/orderlyStop.ts";
import { runService } from "./runService.ts";
import { runVerify } from "./runVerify.ts";
import {
  collectValues,
  duration,
  optionOf,
  positiveNumber,
  readChains,
  readBlockName,
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
  readyContact: number;
  readyAppend: number;
  explorerRpc?: string[];
  grace: number;
}

interface IndexOptions extends ServeOptions {
  serve: boolean;
  finality?: number;
  bloom: "on" | "off";
}

const DEFAULT_PORT = 4000;

/** Defines the command line of the indexer. */
export function commandLine(): Command {
  const program = new Command("npm run indexer --")
    .description("Follows deployments of Tributary on their chains, and answers questions about them.")
    .helpCommand(false)
    .showHelpAfterError("--help lists all options.");
  program.addHelpText(
    "after",
    "\nDefault command: index. `npm run indexer -- <command> --help` lists the options of a command.",
  );

  withServiceOptions(program.command("index", { isDefault: true }))
    .description("follow the chain, write its events to the store, and serve the API")
    .option(
      "--finality <n>",
      "the depth in blocks at which a block is final (default: as the nodes report, else 64)",
      wholeNumber(0),
    )
    .addOption(
      new Option(
        "--bloom <on|off>",
        "off: ignore the chain's bloom filters, because they are known to be untrue; logs that a single node leaves out are then not noticed",
      )
        .choices(["on", "off"])
        .default("on"),
    )
    .option("--no-serve", "do not serve the API; with --port, serve health and metrics only")
    .action((options: IndexOptions) =>
      runProgram(log, async (stop) => {
        const { host, port, serve } = options;
        const chains = await readChains(options, { defaultRpc: true });
        const publicNodes = readPublicNodes(options.explorerRpc ?? [], chains);
        const listen = { host, port: port ?? DEFAULT_PORT, questions: serve, publicNodes };
        const settings = {
          ...serviceSettingsOf(options),
          chains,
          writes: true,
          finalityDepth: options.finality,
          useBlooms: options.bloom === "on",
          listen: serve || port !== undefined ? listen : undefined,
        };
        return runService(settings, log, stop);
      }),
    );

  withServiceOptions(program.command("serve"))
    .description(
      "serve the API from a store that another process writes; any number of these can share one PostgreSQL and its replicas",
    )
    .addHelpText(
      "after",
      "\nA node is needed to verify the index, to find the senders of transfers to an inlet, and to read the balances of an\ninlet or an outlet. Without --rpc or $RPC_URL none of these is possible, and the process cannot know the head of the chain: it is\nthen not ready once its newest block is older than --ready-age.",
    )
    .action((options: ServeOptions) =>
      runProgram(log, async (stop) => {
        const chains = await readChains(options, { defaultRpc: false });
        const publicNodes = readPublicNodes(options.explorerRpc ?? [], chains);
        const listen = { host: options.host, port: options.port ?? DEFAULT_PORT, questions: true, publicNodes };
        return runService({ ...serviceSettingsOf(options), chains, writes: false, listen }, log, stop);
      }),
    );

  withNodeOptions(withStoreOptions(program.command("verify")))
    .description(
      "compare the index with the contracts and with the chain's logs, and print the differences; the exit code is 1 if there is any",
    )
    .option(
      "--sample <n>",
      "compare about this many answers of the contracts, and 10,000 blocks of logs (default: all)",
      wholeNumber(1),
    )
    .option("--seed <text>", "selects the sample: the same seed selects the same answers")
    .option(
      "--block <n>",
      "the block to compare at; the nodes must still have its state (default: the newest)",
      wholeNumber(0),
    )
    .option("--json", "print one line of JSON for each chain", false)
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
    .description(
      "write tables of the store, or the whole answer to a question; all rows are of the same block. `export tables fees claims` writes tables. `export fees` writes the answer to the question `fees`",
    );
  withStoreOptions(exporting.command("tables", { isDefault: true }))
    .description("write the store's tables as files (the default)")
    .argument("[tables...]", "the tables, such as fees, claims or settlements (default: all)")
    .option("--to <folder>", "the folder to write to; -: standard output, for one table", "export")
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
  block?: BlockName;
  orderBy?: string;
  orderDirection?: "asc" | "desc";
}

const formatOption = () => new Option("--format <format>", "the format").choices(["csv", "ndjson"]).default("csv");

/** Adds a command that exports a list. Its options are the parameters of the question. */
function addExport(exporting: Command, question: ListQuestion): void {
  const { name, summary, description = "", orders } = question;
  const command = withStoreOptions(exporting.command(name), "the deployment file, such as deployments/1.json");
  command.description(summary);
  if (description !== "") command.addHelpText("after", `\n${description}`);
  const params = Object.entries(parametersOf(question).shape) as [string, ZodType][];
  for (const [param, schema] of params) {
    const option = new Option(`${optionOf(param)} <${param}>`, descriptionOf(schema));
    command.addOption(option.makeOptionMandatory(!schema.safeParse(undefined).success));
  }
  if (orders.length > 1) {
    command.addOption(new Option("--order-by <field>", describeOrders(orders)).choices(orders));
  }
  command
    .addOption(
      new Option(
        "--order-direction <direction>",
        `ascending or descending (default: ${question.descending ? "desc" : "asc"})`,
      ).choices(["asc", "desc"]),
    )
    .addOption(
      new Option(
        "--block <block>",
        "the block to answer for: its number, its hash, latest or finalized (default: latest)",
      ).argParser(readBlockName),
    )
    .addOption(formatOption())
    .option("--output <file>", "the file to write; -: standard output", STANDARD_OUTPUT)
    .action((options: ExportOptions & Record<string, string>) =>
      runProgram(log, async (stop) => {
        const [chain, another] = await readChains(options, { defaultRpc: false });
        if (!chain || another) throw new UserError("This command exports from one deployment. Give --deployment once.");
        const { format, output, block, orderBy, orderDirection } = options;
        const given = params.filter(([param]) => options[param] !== undefined);
        const settings = {
          chain,
          question,
          params: Object.fromEntries(given.map(([param]) => [param, options[param]])),
          order: { ...(orderBy && { by: orderBy }), ...(orderDirection && { descending: orderDirection === "desc" }) },
          block,
          format,
          output,
        };
        await exportAnswer(settings, log, stop);
      }),
    );
}

/** Returns the description of a shape. An optional shape without one has the description of the shape inside. */
const descriptionOf = (schema: ZodType): string | undefined =>
  schema.description ?? (schema instanceof ZodOptional ? descriptionOf(schema.unwrap() as ZodType) : undefined);

function withStoreOptions(
  command: Command,
  deployment = "the deployment file, such as deployments/1.json; repeat it for deployments on other chains",
): Command {
  return command
    .option("--deployment <file>", deployment, collectValues)
    .option("--folder <folder>", "the folder of the store, an embedded database (default: .tributary/<chain id>)")
    .option("--database <url>", "the PostgreSQL database of the store, instead of --folder (default: $DATABASE_URL)");
}

function withNodeOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--rpc <url>",
        "the URL of a node of the chain, http(s) or ws(s); with several deployments: <chain id>=URL. Repeat it, or separate URLs by commas, for several nodes: if one fails, another takes over (default: $RPC_URL)",
      ).argParser(collectValues),
    )
    .option("--rps <n>", "the highest number of requests a second to each node (default: unlimited)", positiveNumber);
}

function withServiceOptions(command: Command): Command {
  return withNodeOptions(withStoreOptions(command))
    .option("--host <host>", "the address to listen on", "127.0.0.1")
    .option("--port <n>", `the port to listen on (default: ${DEFAULT_PORT})`, wholeNumber(1, 65_535))
    .addOption(
      new Option(
        "--verify-every <time>",
        "how often to compare the index with the contracts and with the chain's logs, such as 30s, 10m or 2h; 0: never",
      )
        .argParser(duration)
        .default(600_000, "10m"),
    )
    .option(
      "--verify-sample <n>",
      "the approximate number of contract answers to compare each time",
      wholeNumber(1),
      2_000,
    )
    .option(
      "--ready-within <n>",
      "the highest number of blocks behind the head at which the service is ready",
      wholeNumber(0),
      10,
    )
    .option(
      "--explorer-rpc <url>",
      "the URL of a node that browsers may ask from the explorer; it becomes public, so it must contain no secret; with several deployments: <chain id>=URL (default: none)",
      collectValues,
    )
    .addOption(
      new Option(
        "--ready-age <time>",
        "the highest age of the newest indexed block at which the service is ready; 0: any age (default: 10m without a node, else 0)",
      ).argParser(duration),
    )
    .addOption(
      new Option(
        "--ready-contact <time>",
        "how long no node may have answered (with serve: the store) for the service to be ready; 0: any time",
      )
        .argParser(duration)
        .default(60_000, "1m"),
    )
    .addOption(
      new Option(
        "--ready-append <time>",
        "how long a block of the chain may wait to be indexed for the service to be ready; 0: any time",
      )
        .argParser(duration)
        .default(120_000, "2m"),
    )
    .addOption(
      new Option("--grace <time>", "how long running requests may take after the process was told to stop")
        .argParser(duration)
        .default(10_000, "10s"),
    );
}

const serviceSettingsOf = ({ rps, verifyEvery, verifySample, grace, ...options }: ServeOptions) => ({
  requestsPerSecond: rps,
  verifyEveryMs: verifyEvery,
  verifySample,
  readiness: {
    readyWithin: BigInt(options.readyWithin),
    readyAgeMs: options.readyAge,
    readyContactMs: options.readyContact,
    readyAppendMs: options.readyAppend,
  },
  graceMs: grace,
});
