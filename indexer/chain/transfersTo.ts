import { numberToHex, pad, toEventSelector } from "viem";
import type { Transfer, TransfersResult, TransfersToParameters } from "../live/view.ts";
import { classifyError } from "#node/rpc/endpointError.ts";
import { parseTransfers } from "./replies.ts";

interface Provider {
  request: (call: { method: string; params: unknown }) => Promise<unknown>;
}

const MOST_REQUESTS = 40;
const TRANSFER = toEventSelector("event Transfer(address indexed from, address indexed to, uint256 value)");

/**
 * Reads a currency's transfers to an account from its own logs. Halves the range when a node refuses it. Stops once
 * there are enough transfers, or after 40 requests.
 */
export async function transfersTo(provider: Provider, parameters: TransfersToParameters): Promise<TransfersResult> {
  const { currency, to, fromBlock, toBlock, enough } = parameters;
  const transfers: Transfer[] = [];
  let from = fromBlock;
  let blocks = toBlock - fromBlock + 1n;
  for (let requests = 0; from <= toBlock && transfers.length < enough && requests < MOST_REQUESTS; requests++) {
    const last = from + blocks - 1n < toBlock ? from + blocks - 1n : toBlock;
    const range = { fromBlock: numberToHex(from), toBlock: numberToHex(last) };
    const filter = { address: currency, topics: [TRANSFER, null, pad(to)], ...range };
    try {
      const reply = await provider.request({ method: "eth_getLogs", params: [filter] });
      transfers.push(...parseTransfers(reply, { currency, to, fromBlock: from, toBlock: last }));
      from = last + 1n;
    } catch (error) {
      if (classifyError(error).kind !== "refused" || blocks === 1n) throw error;
      blocks = (blocks + 1n) / 2n;
    }
  }
  return { transfers, readTo: from - 1n };
}
