import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

export interface FlakyProxy {
  url: string;
  /** Drops every connection and refuses new ones, like a node that goes down. */
  cut: () => Promise<void>;
  /** Accepts connections again, at the same URL. */
  restore: () => Promise<void>;
}

/** Starts a proxy between a client and a node on loopback. */
export async function startFlakyProxy(nodePort: number): Promise<FlakyProxy> {
  const open = new Set<Socket>();
  const listen = async (port: number) => {
    const server = createServer((client) => {
      const node = connect(nodePort, "127.0.0.1");
      for (const [from, to] of [
        [client, node],
        [node, client],
      ] as const) {
        open.add(from);
        from.pipe(to);
        from.on("error", () => to.destroy());
        from.on("close", () => open.delete(from));
      }
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cut: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    restore: async () => {
      server = await listen(port);
    },
  };
}
