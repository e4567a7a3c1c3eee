// The indexer as a program: follows one deployment and serves the API.
import { parseArgs } from "node:util";
import { readDeployment } from "./deployment.ts";
import { createServer } from "./api/createServer.ts";
import { Indexer } from "./indexer.ts";
import { UserError } from "./userError.ts";

const HELP = `npm run indexer -- --deployment FILE [options]
  --deployment FILE   which deployment to follow, such as deployments/31337.json
  --rpc URL           the chain's JSON-RPC (http://127.0.0.1:8545)
  --folder FOLDER     where the journal is kept (.tributary/<chain id>)
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
      rpc: { type: "string", default: "http://127.0.0.1:8545" },
      folder: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      port: { type: "string", default: "4000" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  if (values.deployment === undefined) throw new UserError(`Name the deployment to follow.\n\n${HELP}`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UserError("--port must be 1 to 65535.");

  const { chainId, registry, ledger, startBlock } = await readDeployment(values.deployment);
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopped.abort());

  const indexer = await Indexer.start({
    rpcUrl: values.rpc,
    folder: values.folder ?? `.tributary/${chainId}`,
    source: { chainId, registry, ledger, startBlock: BigInt(startBlock) },
    onRetry: (error, waitMs) =>
      console.error(`${(error as Error).message.split("\n")[0]} Trying again in ${waitMs} ms.`),
    onFailure: (error) => {
      console.error("The indexer cannot go on:", error);
      process.exitCode = 1;
      stopped.abort();
    },
  });
  const api = await createServer(indexer);
  try {
    await api.listen({ host: values.host, port });
    console.log(`Following chain ${chainId} at ${values.rpc}; serving http://${values.host}:${port}. Ctrl-C ends it.`);
    await new Promise<void>((resolve) => {
      if (stopped.signal.aborted) resolve();
      stopped.signal.addEventListener("abort", () => resolve(), { once: true });
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new UserError(`Port ${port} is taken. Choose another with --port.`, { cause: error });
  } finally {
    await api.close();
    await indexer.stop();
  }
}
