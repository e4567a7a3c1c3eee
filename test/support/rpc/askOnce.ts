import { type Ask, RpcError } from "./quirks/quirk.ts";

interface Answer {
  result?: unknown;
  error?: { code: number; message: string };
}

/** Asks a node whose chain does not change: each question once, so that many proxies of it cost little. */
export function askOnce(url: string): Ask {
  const answers = new Map<string, Promise<Answer>>();
  return async (method, params) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    let answer = answers.get(body);
    if (!answer) {
      answer = fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body }).then(
        async (response) => (await response.json()) as Answer,
      );
      answers.set(body, answer);
    }
    const { result, error } = await answer;
    if (error) throw new RpcError(error.code, error.message);
    return structuredClone(result);
  };
}
