import { changingLogs, type Fields, logFilter, otherHash, type QuirkKind, refusing, RpcError } from "./quirk.ts";

/** The number of logs that a node returns of a range at most. */
const MOST_LOGS = 6;
/** The first block whose logs a pruned node has. */
export const KEPT_FROM = 30;

const numberOf = ({ blockNumber }: Fields) => Number(blockNumber);

/** Changes the logs of each block together. Returns the same list if nothing changes. */
function blockByBlock(logs: Fields[], change: (ofBlock: Fields[]) => Fields[]): Fields[] {
  const blocks = Map.groupBy(logs, numberOf);
  let isSame = true;
  const changed = [...blocks.values()].flatMap((ofBlock) => {
    const instead = change(ofBlock);
    isSame &&= instead === ofBlock;
    return instead;
  });
  return isSame ? logs : changed;
}

function filtered(logs: Fields[], isKept: (log: Fields) => boolean): Fields[] {
  const kept = logs.filter(isKept);
  return kept.length === logs.length ? logs : kept;
}

const isWithheld = ({ transactionHash }: Fields) => /[0-3]$/.test(String(transactionHash));

/** Changes the indices of the logs of each block. */
const renumbered = (indexOf: (log: Fields, ofBlock: Fields[]) => number) =>
  changingLogs((logs) =>
    blockByBlock(logs, (ofBlock) => {
      const indices = ofBlock.map((log) => `0x${indexOf(log, ofBlock).toString(16)}`);
      return ofBlock.every(({ logIndex }, i) => logIndex === indices[i])
        ? ofBlock
        : ofBlock.map((log, i) => ({ ...log, logIndex: indices[i] }));
    }),
  );

/** Quirks in logs. */
export const logQuirks = {
  noBlockHashLogs: {
    does: "Refuses requests for the logs of a block hash.",
    seen: "Lotus issue 10576.",
    start: refusing((method, params) =>
      logFilter(method, params)?.blockHash === undefined
        ? undefined
        : new RpcError(-32_602, "invalid argument 0: blockHash is not supported"),
    ),
  },
  blockHashEmpty: {
    does: "Returns no logs for a block hash, although the block has some.",
    seen: "Lotus issue 13749, besu issue 8007, reth issue 7371 (for unknown blocks).",
    start: changingLogs((logs, { blockHash }) => (blockHash === undefined || logs.length === 0 ? logs : [])),
  },
  ignoresBlockHash: {
    does: "Returns the newest block's logs, whatever block hash is asked for.",
    seen: "XDPoSChain issue 457, nethermind issue 4384.",
    start: changingLogs(async (logs, { blockHash, ...filter }, next) => {
      if (blockHash === undefined) return logs;
      const newest = (await next("eth_getBlockByNumber", ["latest", false])) as Fields;
      if (newest.hash === blockHash) return logs;
      return (await next("eth_getLogs", [{ ...filter, blockHash: newest.hash }])) as Fields[];
    }),
  },
  foreignBlockHash: {
    does: "Has another block hash in its logs than in its headers.",
    seen: "XDPoSChain issue 650, graph-node issue 3793 (XDC Apothem).",
    start: changingLogs((logs) =>
      logs.length === 0 ? logs : logs.map((log) => ({ ...log, blockHash: otherHash(log.blockHash) })),
    ),
  },
  repeatedLog: {
    does: "Returns the last log of each block twice.",
    seen: "ref-fvm issue 1350, erigon PR 15233, bor PR 1836.",
    start: changingLogs((logs) => blockByBlock(logs, (ofBlock) => [...ofBlock, ofBlock.at(-1) ?? {}])),
  },
  unsortedLogs: {
    does: "Returns logs in descending order.",
    seen: "hiero-json-rpc-relay issue 699, moonbeam issue 1130, oasis-ethwasi-runtime PR 793.",
    start: changingLogs((logs) => (logs.length < 2 ? logs : logs.toReversed())),
  },
  indexPerTransaction: {
    does: "Numbers the logs of each transaction from 0 on, so that several logs of a block have one index.",
    seen: "oasis-web3-gateway issue 172, erigon issue 17249 (Polygon), VeChain Thor issue 1117.",
    start: renumbered((log, ofBlock) =>
      ofBlock.filter(({ transactionHash }) => transactionHash === log.transactionHash).indexOf(log),
    ),
  },
  indexZero: {
    does: "Gives each log the index 0.",
    seen: "iotaledger/wasp issue 2352 (Shimmer EVM).",
    start: renumbered(() => 0),
  },
  truncates: {
    does: `Returns the first ${MOST_LOGS} logs of a range, and does not say that there are more.`,
    seen: "vechain-sdk-js issue 1049 (256), ethers issue 1389 (100), conflux-rust issue 3045.",
    start: changingLogs((logs, { blockHash }) =>
      blockHash === undefined && logs.length > MOST_LOGS ? logs.slice(0, MOST_LOGS) : logs,
    ),
  },
  prunedError: {
    does: `Refuses requests for logs before block ${KEPT_FROM}.`,
    seen: "geth's history expiry and erigon issue 2770 (`--prune`).",
    start: (met) => ({
      answer: async (method, params, next) => {
        const filter = logFilter(method, params);
        const answer = await next(method, params);
        if (!filter) return answer;
        const first = filter.fromBlock ?? (answer as Fields[])[0]?.blockNumber;
        if (first === undefined || Number(first) >= KEPT_FROM) return answer;
        met();
        throw new RpcError(4_444, "pruned history unavailable");
      },
    }),
  },
  prunedEmpty: {
    does: `Leaves out logs before block ${KEPT_FROM}, and does not say so.`,
    seen: "Lotus issue 13749, neume-network issue 228 (erigon), reth issue 4910.",
    start: changingLogs((logs) => filtered(logs, (log) => numberOf(log) >= KEPT_FROM)),
  },
  withheldLogs: {
    does: "Withholds the logs of about a quarter of the transactions, the same ones each time.",
    seen: "erigon issue 16339 (Polygon's system logs missing by topic), bodhi.js issue 1010.",
    start: changingLogs((logs) => filtered(logs, (log) => !isWithheld(log))),
  },
  inventedLog: {
    does: "Adds a log after the last one of each block.",
    seen: "nethermind issue 4384 (logs that the block does not have).",
    start: changingLogs((logs) =>
      blockByBlock(logs, (ofBlock) => {
        const last = ofBlock.at(-1) ?? {};
        return [...ofBlock, { ...last, logIndex: `0x${(Number(last.logIndex) + 1).toString(16)}` }];
      }),
    ),
  },
  alteredLogs: {
    does: "Changes the last byte of the data of each log.",
    seen: "No report; a proxy that is not to be trusted.",
    start: changingLogs((logs) =>
      logs.some(({ data }) => data !== "0x")
        ? logs.map((log) => ({
            ...log,
            data: String(log.data).replace(/[0-9a-f]$/, (last) => (last === "1" ? "2" : "1")),
          }))
        : logs,
    ),
  },
} satisfies Record<string, QuirkKind>;
