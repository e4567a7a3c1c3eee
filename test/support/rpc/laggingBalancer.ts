import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Request {
  id: number;
  method: string;
  params?: unknown[];
}
interface Reply {
  id?: number;
  result?: unknown;
  error?: { code: number; message: string };
}

/** The index of the parameter that names a block. */
const BLOCK_PARAMETER: Record<string, number> = {
  eth_call: 1,
  eth_estimateGas: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getStorageAt: 2,
  eth_getTransactionCount: 1,
  eth_getBlockByNumber: 0,
};

/**
 * Starts a balancer of endpoints of one chain that takes them in turn. All but the first are behind: they answer every
 * request as the node did `behindMs` ago, and do not have the transactions mined since. They pass transactions on.
 */
export async function startLaggingBalancer(url: string, behindMs = 2_000, endpoints = 2) {
  const heads: { at: number; block: number }[] = [];
  let count = 0;
  const node = async (request: Request): Promise<Reply> => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ jsonrpc: "2.0", ...request }),
      headers,
    });
    return (await response.json()) as Reply;
  };
  const watch = async () => {
    const { result } = await node({ id: 0, method: "eth_blockNumber", params: [] });
    heads.push({ at: Date.now(), block: Number(result) });
    while (heads.length > 1 && (heads[1]?.at ?? Infinity) <= Date.now() - behindMs) heads.shift();
  };
  const timer = setInterval(() => void watch().catch(() => undefined), 50);
  await watch();

  const behind = async (request: Request): Promise<Reply> => {
    const head = heads[0]?.block ?? 0;
    const { id, method, params = [] } = request;
    if (method === "eth_blockNumber") return { id, result: `0x${head.toString(16)}` };
    const place = BLOCK_PARAMETER[method];
    if (place !== undefined) {
      const block = params[place];
      const isNumber = typeof block === "string" && block.startsWith("0x");
      if (isNumber && Number(block) > head) {
        return method === "eth_getBlockByNumber"
          ? { id, result: null }
          : { id, error: { code: -32_000, message: "header not found" } };
      }
      const named = isNumber || block === "earliest" ? block : `0x${head.toString(16)}`;
      const atHead = [...params];
      atHead[place] = named;
      return node({ ...request, params: atHead });
    }
    const reply = await node(request);
    const { result } = reply;
    if (method === "eth_getTransactionReceipt" || method === "eth_getTransactionByHash") {
      const block = (result as { blockNumber?: string | null } | null)?.blockNumber;
      if (block && Number(block) > head) return { ...reply, result: null };
    }
    if (method === "eth_getLogs" && Array.isArray(result)) {
      return {
        ...reply,
        result: result.filter(({ blockNumber }: { blockNumber: string }) => Number(blockNumber) <= head),
      };
    }
    return reply;
  };

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      // Pages of a browser read it, too.
      outgoing.setHeader("access-control-allow-origin", "*").setHeader("access-control-allow-headers", "*");
      if (incoming.method === "OPTIONS") return void outgoing.writeHead(204).end();
      const asked = JSON.parse(await text(incoming)) as Request | Request[];
      const endpoint = count++ % endpoints === 0 ? node : behind;
      const reply = Array.isArray(asked) ? await Promise.all(asked.map(endpoint)) : await endpoint(asked);
      const body = JSON.stringify(
        Array.isArray(reply) ? reply.map((each) => ({ jsonrpc: "2.0", ...each })) : { jsonrpc: "2.0", ...reply },
      );
      outgoing.writeHead(200, { "content-type": "application/json" }).end(body);
    })().catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      clearInterval(timer);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
