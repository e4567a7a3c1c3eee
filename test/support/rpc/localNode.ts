import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** Starts a local node in a process of its own, with this chain id. */
export async function startLocalNode(chainId: number, port?: number) {
  const onPort = port ?? (await freePort());
  const args = ["node", "--hostname", "127.0.0.1", "--port", String(onPort), "--chain-id", String(chainId)];
  const child = spawn(join(ROOT, "node_modules/.bin/hardhat"), args, {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1" },
  });
  const ended = once(child, "close");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  for (const deadline = Date.now() + 60_000; !output.includes("Started HTTP");) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The node did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `http://127.0.0.1:${onPort}`,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
