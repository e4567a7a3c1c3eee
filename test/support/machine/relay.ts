// Passes connections on between two networks, each end a port of 127.0.0.1 or the path of a Unix socket. Sockets are
// files, so a process in one network can reach a process in another by them.
//
//   node relay.ts 8545=chain.socket https.socket=443
import { chmodSync } from "node:fs";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A port of 127.0.0.1, or the path of a Unix socket. */
export type End = number | string;

/** Passes each connection to one end on to the other. */
export async function relay(from: End, to: End): Promise<Server> {
  const server = createServer((client) => {
    const target = typeof to === "number" ? connect(to, "127.0.0.1") : connect(to);
    const ends: [Socket, Socket][] = [
      [client, target],
      [target, client],
    ];
    for (const [one, other] of ends) {
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  if (typeof from === "number") server.listen(from, "127.0.0.1");
  else server.listen(from);
  await once(server, "listening");
  if (typeof from === "string") chmodSync(from, 0o666);
  return server;
}

if (import.meta.main) {
  const endOf = (text: string): End => (/^\d+$/.test(text) ? Number(text) : text);
  for (const pair of process.argv.slice(2)) {
    const [from = "", to = ""] = pair.split("=");
    await relay(endOf(from), endOf(to));
  }
  console.log("ready");
  process.stdin.on("close", () => process.exit()).resume();
}
