import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ScriptedChain } from "./scriptedChain.ts";

export interface OddCall {
  id: number;
  method: string;
  params: unknown[];
}

/** The reply to a request: a status and a body, or no reply. Text is sent as it is, anything else as JSON. */
export type OddReply = { status?: number; body: unknown } | "drop";

export interface OddNodeParameters {
  /** Changes the answer to a call. An error that it throws becomes a JSON-RPC error. */
  answer?: ((call: OddCall, next: () => unknown) => unknown) | undefined;
  /** Replaces the reply to a request; undefined leaves it as it is. */
  reply?: ((calls: readonly OddCall[], isBatch: boolean) => OddReply | undefined) | undefined;
}

/** Starts a node of a chain in memory whose answers and replies can be any others, down to the bytes. */
export async function startOddNode(chain: ScriptedChain, { answer, reply }: OddNodeParameters = {}) {
  const answerOne = (call: OddCall) => {
    const { id, method, params } = call;
    const next = () => chain.answer(method, params);
    try {
      return { jsonrpc: "2.0", id, result: answer ? answer(call, next) : next() };
    } catch (error) {
      const { message, code = -32_000 } = error as { message: string; code?: number };
      return { jsonrpc: "2.0", id, error: { code, message } };
    }
  };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const asked = JSON.parse(text) as OddCall | OddCall[];
    const isBatch = Array.isArray(asked);
    const replied = reply?.(isBatch ? asked : [asked], isBatch) ?? {
      body: isBatch ? asked.map(answerOne) : answerOne(asked),
    };
    if (replied === "drop") return void request.socket.destroy();
    const { status = 200, body } = replied;
    return void response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
