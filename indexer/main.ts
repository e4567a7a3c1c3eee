// The indexer as a program: follows one deployment and serves the API.
import { parseArgs } from "node:util";
import { readDeployment } from "./deployment.ts";
import { createServer } from "./api/createServer.ts";
import { Indexer } from "./indexer.ts";
import { showProgress } from "./sync/progress.ts";
import { UserError } from "./userError.ts";

const HELP = `npm run indexer -- --deployment FILE [options]
  --deployment FILE   which deployment to follow, such as deployments/31337.json
  --rpc URL           a node of the chain, http(s) or ws(s) (http://127.0.0.1:8545). Several are named one by one, or
                      separated by commas; each takes over where another fails
  --rps N             at most so many requests a second to each node (unlimited)
  --finality N        how many blocks deep a block is final (what the nodes call final, else 64)
  --folder FOLDER     where everything is kept, in an embedded database (.tributary/<chain id>)
  --database URL      or the PostgreSQL database where it is kept ($DATABASE_URL)
  --host HOST         the address to serve on (127.0.0.1)
  --port N            the port to serve on (4000)`;

try {
  await run();
} catch (error) {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      deployment: { type: "string" },
      rpc: { type: "string", multiple: true, default: ["http://127.0.0.1:8545"] },
      rps: { type: "string" },
      finality: { type: "string" },
      folder: { type: "string" },
      database: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      port: { type: "string", default: "4000" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  if (values.deployment === undefined) throw new UserError(`Name the deployment to follow.\n\n${HELP}`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UserError("--port must be 1 to 65535.");

  const requestsPerSecond = values.rps === undefined ? undefined : Number(values.rps);
  if (requestsPerSecond !== undefined && !(requestsPerSecond > 0)) throw new UserError("--rps must be above 0.");
  const finalityDepth = values.finality === undefined ? undefined : Number(values.finality);
  if (finalityDepth !== undefined && !(Number.isInteger(finalityDepth) && finalityDepth >= 0)) {
    throw new UserError("--finality must be a whole number of blocks.");
  }

  if (values.folder !== undefined && values.database !== undefined) {
    throw new UserError("Everything is kept in one place: give --folder or --database, not both.");
  }
  // A folder that is named goes before the environment.
  const databaseUrl = values.database ?? (values.folder === undefined ? process.env.DATABASE_URL : undefined);

  const { chainId, registry, ledger, startBlock } = await readDeployment(values.deployment);
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopped.abort());

  const rpcUrls = values.rpc.flatMap((urls) => urls.split(","));
  const progress = showProgress(chainId);
  const indexer = await Indexer.start({
    rpcUrl: rpcUrls,
    requestsPerSecond,
    finalityDepth,
    target: databaseUrl !== undefined ? { databaseUrl } : { folder: values.folder ?? `.tributary/${chainId}` },
    source: { chainId, registry, ledger, startBlock: BigInt(startBlock) },
    onProgress: progress.update,
    onRetry: ({ message }, restMs) => console.error(`${message}. Asked again in ${restMs} ms at the earliest.`),
    onFailure: (error) => {
      console.error("The indexer cannot go on:", error instanceof UserError ? error.message : error);
      process.exitCode = 1;
      stopped.abort();
    },
  });
  const api = await createServer(indexer);
  try {
    await api.listen({ host: values.host, port });
    console.log(
      `Following chain ${chainId} at ${rpcUrls.join(", ")}; serving http://${values.host}:${port}. Ctrl-C ends it.`,
    );
    await new Promise<void>((resolve) => {
      if (stopped.signal.aborted) resolve();
      stopped.signal.addEventListener("abort", () => resolve(), { once: true });
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new UserError(`Port ${port} is taken. Choose another with --port.`, { cause: error });
  } finally {
    progress.stop();
    await api.close();
    await indexer.stop();
  }
}
