import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "#node/seededRandom.ts";
import { type Ask, type Call, errorReply, otherHash, type Quirk, type Reply, RpcError } from "./quirks/quirk.ts";
import { type QuirkName, QUIRKS } from "./quirks/quirks.ts";

/** Faults, each with its probability per request or per reply. Default of each: 0. */
export interface Faults {
  /** The reply comes late, by up to `delayMs`. */
  delay: number;
  delayMs: number;
  /** No reply ever comes. */
  hang: number;
  /** The connection is closed without a reply. */
  drop: number;
  /** HTTP 429, with `Retry-After: retryAfterSeconds` if that is set. */
  tooMany: number;
  retryAfterSeconds: number | undefined;
  /** HTTP 503 with a page of HTML. */
  unavailable: number;
  /** A JSON-RPC error. */
  refuse: number;
  /** HTTP 200 with half a reply. */
  cutJson: number;
  /** The reply is null instead of a block or logs. */
  nullReply: number;
  /** A field of the reply is malformed. */
  malformed: number;
  /** Logs in another order. */
  wrongOrder: number;
  /** Some logs are missing. */
  missingLogs: number;
  /** A log is there twice. */
  duplicatedLogs: number;
  /** The reported newest block is up to `staleBlocks` lower. */
  staleHead: number;
  staleBlocks: number;
  /** The reply is a block, or logs, of another chain. */
  otherChain: number;
  /** Ranges with more logs than this are refused. */
  maxLogs: number;
  /** Ranges of more blocks than this are refused. */
  maxBlocks: number;
}

const NO_FAULTS: Faults = {
  delay: 0,
  delayMs: 50,
  hang: 0,
  drop: 0,
  tooMany: 0,
  retryAfterSeconds: undefined,
  unavailable: 0,
  refuse: 0,
  cutJson: 0,
  nullReply: 0,
  malformed: 0,
  wrongOrder: 0,
  missingLogs: 0,
  duplicatedLogs: 0,
  staleHead: 0,
  staleBlocks: 10,
  otherChain: 0,
  maxLogs: Infinity,
  maxBlocks: Infinity,
};

type Rpc = (method: string, params: unknown[]) => unknown;

export interface FaultyRpcParameters {
  /** The URL of a node, or a function that answers. An error of the function becomes a JSON-RPC error. */
  upstream: string | Rpc;
  seed?: number;
  /** Port to listen on. Default: 0, which picks a free one. */
  port?: number;
}

/**
 * Starts a JSON-RPC proxy on loopback that forwards to a node and injects faults as real nodes have them: with a
 * probability each, or lasting ones, which are called quirks. The same seed and the same requests give the same faults.
 * WebSockets are forwarded without faults, and can be cut.
 *
 * @example
 * const rpc = await startFaultyRpc({ upstream: chain.url, seed: 7 });
 * rpc.setFaults({ drop: 0.1, missingLogs: 0.2 });
 * rpc.setQuirks(["bloomZero", "batch413Html"]);
 * // … use rpc.url; then, to let its followers catch up:
 * rpc.setFaults({});
 * rpc.setQuirks([]);
 * console.log(rpc.stats.faults.missingLogs);
 * await rpc.close();
 */
export async function startFaultyRpc({ upstream, seed = 1, port = 0 }: FaultyRpcParameters) {
  const random = seededRandom(seed);
  let faults = NO_FAULTS;
  const stats = {
    /** Number of HTTP requests. */
    requests: 0,
    /** Number of calls by method. A batch has several. */
    calls: {} as Record<string, number>,
    /** Number of times that each fault was injected. */
    faults: {} as Partial<Record<keyof Faults, number>>,
    /** Number of answers that each quirk has changed. */
    quirks: {} as Partial<Record<QuirkName, number>>,
  };
  let quirks: Quirk[] = [];
  /** Called before each answer. An error of it becomes a JSON-RPC error. */
  let onCall: (method: string, params: unknown[]) => void = () => undefined;

  const happens = (fault: keyof Faults): boolean => {
    const probability = faults[fault] ?? 0;
    if (probability <= 0 || random.next() >= probability) return false;
    count(fault);
    return true;
  };
  const count = (fault: keyof Faults) => {
    stats.faults[fault] = (stats.faults[fault] ?? 0) + 1;
  };

  const ask: Ask = async (method, params) => {
    if (typeof upstream !== "string") return upstream(method, params);
    const response = await fetch(upstream, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result: unknown; error?: { code: number; message: string } };
    if (error) throw new RpcError(error.code, error.message);
    return result;
  };
  const askQuirks: Ask = (method, params) =>
    quirks.reduce<Ask>((next, { answer: own }) => (own ? (...call) => own(...call, next) : next), ask)(method, params);

  const answer = async ({ id, method, params = [] }: Call) => {
    stats.calls[method] = (stats.calls[method] ?? 0) + 1;
    try {
      onCall(method, params);
      if (happens("refuse")) throw new Error("the node is not in the mood");
      return { jsonrpc: "2.0", id, result: await spoiled(method, params) };
    } catch (error) {
      const { message } = error as Error;
      return errorReply(id, { code: error instanceof RpcError ? error.code : -32_000, message });
    }
  };
  const reply = (asked: Call | Call[]): Promise<Reply> => {
    const honest = async (): Promise<Reply> => ({
      status: 200,
      body: Array.isArray(asked) ? await Promise.all(asked.map(answer)) : await answer(asked),
    });
    return quirks.reduce((next, { reply: own }) => (own ? () => own(asked, next) : next), honest)();
  };

  const spoiled = async (method: string, params: unknown[]): Promise<unknown> => {
    if (method === "eth_getBlockByNumber") {
      if (params[0] === "latest" && happens("staleHead")) {
        const head = (await askQuirks(method, params)) as { number: string };
        const lower = Math.max(0, Number(head.number) - random.between(1, faults.staleBlocks));
        return askQuirks(method, [`0x${lower.toString(16)}`, false]);
      }
      const block = (await askQuirks(method, params)) as Record<string, unknown> | null;
      if (happens("nullReply") || !block) return null;
      if (happens("otherChain"))
        return { ...block, hash: otherHash(block.hash), parentHash: otherHash(block.parentHash) };
      if (happens("malformed"))
        return { ...block, [random.pick(["number", "hash", "timestamp"])]: random.pick([null, 7.5, "0x", {}]) };
      return block;
    }
    if (method !== "eth_getLogs") return askQuirks(method, params);
    const [{ fromBlock, toBlock }] = params as [{ fromBlock?: string; toBlock?: string }];
    if (fromBlock !== undefined && Number(toBlock) - Number(fromBlock) + 1 > faults.maxBlocks) {
      count("maxBlocks");
      throw new Error("block range is too large");
    }
    const logs = (await askQuirks(method, params)) as Record<string, unknown>[];
    if (logs.length > faults.maxLogs) {
      count("maxLogs");
      throw new Error(`query returned more than ${faults.maxLogs} results`);
    }
    if (happens("nullReply")) return null;
    if (logs.length === 0) return logs;
    if (happens("missingLogs")) return random.next() < 0.5 ? [] : logs.filter(() => random.next() < 0.5);
    const at = random.between(0, logs.length - 1);
    if (happens("duplicatedLogs")) return logs.toSpliced(at, 0, logs[at] ?? {});
    if (logs.length > 1 && happens("wrongOrder")) return logs.toReversed();
    if (happens("otherChain")) return logs.map((log) => ({ ...log, blockHash: otherHash(log.blockHash) }));
    if (happens("malformed")) {
      const field = random.pick([
        "address",
        "blockNumber",
        "blockHash",
        "topics",
        "data",
        "logIndex",
        "transactionHash",
      ]);
      return logs.with(at, { ...logs[at], [field]: random.pick([null, 7.5, "0x1", "0xzz", {}]) });
    }
    return logs;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    stats.requests++;
    let body = "";
    for await (const chunk of request) body += String(chunk);
    if (happens("hang")) return;
    if (happens("drop")) return void request.socket.destroy();
    if (happens("delay")) await sleep(random.between(0, faults.delayMs));
    if (happens("tooMany")) {
      const { retryAfterSeconds } = faults;
      return void response
        .writeHead(429, retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) })
        .end("slow down");
    }
    if (happens("unavailable")) return void response.writeHead(503).end("<html>Bad gateway</html>");
    const replied = await reply(JSON.parse(body) as Call | Call[]);
    if (!replied) return void request.socket.destroy();
    const isText = typeof replied.body === "string";
    let text = isText ? String(replied.body) : JSON.stringify(replied.body);
    if (happens("cutJson")) text = text.slice(0, text.length / 2);
    response.writeHead(replied.status, { "Content-Type": isText ? "text/html" : "application/json" }).end(text);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy()); // the node or the client has closed the connection
  });
  const sockets = new Set<Socket>();
  server.on("upgrade", (request, client: Socket, head: Buffer) => {
    if (typeof upstream !== "string") return client.destroy();
    const node = connect(Number(new URL(upstream).port), new URL(upstream).hostname, () => {
      const headers = request.rawHeaders.flatMap((name, i) =>
        i % 2 === 0 ? [`${name}: ${request.rawHeaders[i + 1]}`] : [],
      );
      node.write(`GET ${request.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
      node.write(head);
      node.pipe(client).pipe(node);
    });
    for (const socket of [client, node]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        client.destroy();
        node.destroy();
        sockets.delete(socket);
      });
    }
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${address.port}`,
    webSocketUrl: `ws://127.0.0.1:${address.port}`,
    stats,
    /** Replaces all faults. A fault that is not named is never injected. */
    setFaults: (some: Partial<Faults>) => {
      faults = { ...NO_FAULTS, ...some };
    },
    /** Replaces all quirks. Each one starts from its beginning. The last one is applied last. */
    setQuirks: (names: readonly QuirkName[]) => {
      quirks = names.map((name) =>
        QUIRKS[name].start(() => {
          stats.quirks[name] = (stats.quirks[name] ?? 0) + 1;
        }),
      );
    },
    setOnCall: (callback: (method: string, params: unknown[]) => void) => {
      onCall = callback;
    },
    /** Number of open WebSockets, each counted at both ends. */
    openSockets: () => sockets.size,
    cutWebSockets: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type FaultyRpc = Awaited<ReturnType<typeof startFaultyRpc>>;
