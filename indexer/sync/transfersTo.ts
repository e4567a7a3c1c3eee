import { type Address, type Hex, numberToHex, pad, toEventSelector } from "viem";
import type { Transfer, TransfersToParameters } from "../view.ts";

interface Provider {
  request: (call: { method: string; params: unknown }) => Promise<unknown>;
}

interface TransferLog {
  topics: readonly Hex[];
  data: Hex;
  blockNumber: Hex;
  logIndex: Hex;
  transactionHash: Hex;
}

const TRANSFER = toEventSelector("event Transfer(address indexed from, address indexed to, uint256 value)");

/** A currency's transfers to an account, from its own logs; halves the range where a node refuses it. */
export async function transfersTo(
  provider: Provider,
  { currency, to, fromBlock, toBlock }: TransfersToParameters,
): Promise<Transfer[]> {
  const filter = {
    address: currency,
    topics: [TRANSFER, null, pad(to)],
    fromBlock: numberToHex(fromBlock),
    toBlock: numberToHex(toBlock),
  };
  let logs: TransferLog[];
  try {
    // Whatever is not a list of logs fails below.
    logs = (await provider.request({ method: "eth_getLogs", params: [filter] })) as TransferLog[];
  } catch (error) {
    if (fromBlock >= toBlock) throw error;
    const middle = (fromBlock + toBlock) / 2n;
    const earlier = await transfersTo(provider, { currency, to, fromBlock, toBlock: middle });
    return [...earlier, ...(await transfersTo(provider, { currency, to, fromBlock: middle + 1n, toBlock }))];
  }
  return logs.map(({ topics, data, blockNumber, logIndex, transactionHash }) => ({
    from: `0x${topics[1]?.slice(-40) ?? ""}` satisfies Address,
    amount: BigInt(data),
    blockNumber: BigInt(blockNumber),
    logIndex: Number(logIndex),
    transactionHash,
  }));
}
