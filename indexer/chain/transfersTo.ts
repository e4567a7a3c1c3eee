import { numberToHex, pad, toEventSelector } from "viem";
import type { Transfer, TransfersRead, TransfersToParameters } from "../live/view.ts";
import { classifyError } from "#node/rpc/endpointError.ts";
import { parseTransfers } from "./replies.ts";

interface Provider {
  request: (call: { method: string; params: unknown }) => Promise<unknown>;
}

const MOST_REQUESTS = 40;
const TRANSFER = toEventSelector("event Transfer(address indexed from, address indexed to, uint256 value)");

/**
 * A currency's transfers to an account, from its own logs. Reads half as many blocks at a time where a node refuses, and
 * no further once it has enough transfers or has asked often enough.
 */
export async function transfersTo(provider: Provider, parameters: TransfersToParameters): Promise<TransfersRead> {
  const { currency, to, fromBlock, toBlock, enough } = parameters;
  const transfers: Transfer[] = [];
  let from = fromBlock;
  let blocks = toBlock - fromBlock + 1n;
  for (let asked = 0; from <= toBlock && transfers.length < enough && asked < MOST_REQUESTS; asked++) {
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
