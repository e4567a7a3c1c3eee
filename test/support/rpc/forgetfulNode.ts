import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Abi, encodeEventTopics } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";

interface Reply {
  result?: unknown;
}

/** Starts a proxy of a node that omits all logs of one event of the ledger, a number of times or until it is stopped. */
export async function startForgetfulNode(url: string, eventName: string, times = Infinity) {
  const [topic] = encodeEventTopics({ abi: ledgerAbi as Abi, eventName });
  const node = { topic, left: times };
  const isOfIt = ({ topics }: { topics?: string[] }) => topics?.[0] === topic;
  const forget = (reply: Reply): Reply => {
    const { result } = reply;
    if (node.left === 0 || !Array.isArray(result) || !result.some(isOfIt)) return reply;
    node.left--;
    return { ...reply, result: result.filter((log) => !isOfIt(log)) };
  };
  const server = createServer((request, response) => {
    void (async () => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(url, { method: "POST", body: await text(request), headers });
      const reply = (await answer.json()) as Reply | Reply[];
      response.writeHead(200, headers).end(JSON.stringify(Array.isArray(reply) ? reply.map(forget) : forget(reply)));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(node, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}

export type ForgetfulNode = Awaited<ReturnType<typeof startForgetfulNode>>;
