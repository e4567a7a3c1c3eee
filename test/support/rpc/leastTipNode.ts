import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Hex, numberToHex, parseGwei, parseTransaction } from "viem";

export interface LeastTipOptions {
  /** Tip that it suggests, in gwei. Default: 1.5. */
  suggests?: number;
  /** Least tip that it takes, in gwei. Default: 25. */
  takes?: number;
  /** Text of its refusal. Default: bor's. */
  refusal?: (tip: bigint, least: bigint) => string;
  /** Methods that it does not have. Default: none. */
  lacks?: readonly string[];
}

interface Request {
  id: number;
  method: string;
  params?: unknown[];
}

/**
 * Starts a double of a node of Polygon Amoy in front of a node: it suggests less than it takes, and refuses a transaction
 * with a lower tip. It keeps the tip of every transaction that it took.
 */
export async function startLeastTipNode(url: string, options: LeastTipOptions = {}) {
  const { suggests = 1.5, takes = 25, lacks = [] } = options;
  const { refusal = (tip, least) => `transaction underpriced: gas tip cap ${tip}, minimum needed ${least}` } = options;
  const least = parseGwei(String(takes));
  const taken: bigint[] = [];
  let refused = 0;

  const answer = async (request: Request): Promise<object> => {
    const { id, method, params = [] } = request;
    if (lacks.includes(method))
      return { id, error: { code: -32_601, message: `the method ${method} does not exist/is not available` } };
    const suggested = parseGwei(String(suggests));
    if (method === "eth_maxPriorityFeePerGas") return { id, result: numberToHex(suggested) };
    if (method === "eth_sendRawTransaction" || method === "eth_sendTransaction") {
      const tip = tipOf(method, params[0]);
      if (tip < least) {
        refused++;
        return { id, error: { code: -32_000, message: refusal(tip, least) } };
      }
      taken.push(tip);
    }
    const body = JSON.stringify({ jsonrpc: "2.0", ...request });
    const response = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
    return (await response.json()) as object;
  };

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const asked = JSON.parse(await text(incoming)) as Request | Request[];
      const replies = await Promise.all([asked].flat().map(answer));
      const whole = replies.map((reply) => ({ jsonrpc: "2.0", ...reply }));
      outgoing
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify(Array.isArray(asked) ? whole : whole[0]));
    })().catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Tips of the transactions that it took. */
    taken,
    /** Number of transactions that it refused. */
    refused: () => refused,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function tipOf(method: string, given: unknown): bigint {
  if (method === "eth_sendRawTransaction") {
    const { maxPriorityFeePerGas, gasPrice } = parseTransaction(given as Hex);
    return maxPriorityFeePerGas ?? gasPrice ?? 0n;
  }
  const { maxPriorityFeePerGas, gasPrice } = given as { maxPriorityFeePerGas?: string; gasPrice?: string };
  return BigInt(maxPriorityFeePerGas ?? gasPrice ?? 0);
}
