// Builds the folder that a server needs at run time: `npm run build:server`.
import { programOptions } from "#node/programOptions.ts";

const { values } = programOptions("npm run build:server -- [--to FOLDER]", {
  options: { to: { type: "string", default: "server" } },
});

const { runProgram } = await import("#node/orderlyStop.ts");
const { createLog } = await import("#node/log.ts");
const { buildServer } = await import("./buildServer.ts");
await runProgram(createLog(), async () => {
  const { folder, packageBytes, nodeBytes } = await buildServer(values.to);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(`Built the server in ${folder}: ${megabytes(packageBytes)}, and ${megabytes(nodeBytes)} for Node.js.`);
});
