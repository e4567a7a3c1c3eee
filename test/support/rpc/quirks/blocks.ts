import { seededRandom } from "#node/seededRandom.ts";
import { type Ask, changingBlocks, type Fields, isBlockMethod, isFields, logFilter, otherHash } from "./quirk.ts";
import { type QuirkKind, refusing, RpcError } from "./quirk.ts";

const BLOOM_BYTES = 256;
const ZERO_BLOOM = `0x${"00".repeat(BLOOM_BYTES)}`;
const FULL_BLOOM = `0x${"ff".repeat(BLOOM_BYTES)}`;
/** Heights divisible by this one have no block on a chain with null rounds, if the block has no logs. */
const NULL_ROUND_EVERY = 7;
/** The number of blocks by which one of the nodes behind a URL is behind. */
const BLOCKS_BEHIND = 2;
/** The number of requests that a node answers from the wrong chain. */
const WRONG_ANSWERS = 12;
const OTHER_CHAIN_ID = "0x2a";

const withBloom = (bloom: string) =>
  changingBlocks((block) => (block.logsBloom === bloom ? block : { ...block, logsBloom: bloom }));

const numberOf = (block: unknown) => Number((block as Fields).number);
const hex = (number: number) => `0x${number.toString(16)}`;
const isNumber = (tag: unknown): tag is string => typeof tag === "string" && tag.startsWith("0x");

async function isNullRound(number: number, next: Ask): Promise<boolean> {
  if (number === 0 || number % NULL_ROUND_EVERY !== 0) return false;
  const block = await next("eth_getBlockByNumber", [hex(number), false]);
  return isFields(block) && block.logsBloom === ZERO_BLOOM;
}

/** Makes a quirk of a chain on which some heights have no block. The block after such a height has an earlier parent. */
const nullRounds =
  (inPlace: (number: number, next: Ask) => unknown): QuirkKind["start"] =>
  (met) => ({
    answer: async (method, params, next) => {
      const block = await next(method, params);
      if (!isBlockMethod(method) || !isFields(block)) return block;
      const number = numberOf(block);
      if (await isNullRound(number, next)) {
        // The newest block is one that exists.
        if (!isNumber(params[0])) return next(method, [hex(number - 1), false]);
        met();
        return inPlace(number, next);
      }
      if (!(await isNullRound(number - 1, next))) return block;
      const parent = (await next("eth_getBlockByNumber", [hex(number - 2), false])) as Fields;
      return { ...block, parentHash: parent.hash };
    },
  });

/** Answers a call as a node does whose newest block is an earlier one. */
export function answerAsOf(head: number, ask: Ask): Ask {
  return async (method, params) => {
    if (method === "eth_blockNumber") return hex(head);
    const [tag, full] = params;
    if (method === "eth_getBlockByNumber" && isNumber(tag)) return Number(tag) > head ? null : ask(method, params);
    const answer = await ask(method, params);
    if (isBlockMethod(method) && isFields(answer) && numberOf(answer) > head) {
      return method === "eth_getBlockByNumber" ? ask(method, [hex(head), full]) : null;
    }
    if (method === "eth_getTransactionReceipt") {
      return isFields(answer) && Number(answer.blockNumber) > head ? null : answer;
    }
    const filter = logFilter(method, params);
    if (!filter || !Array.isArray(answer)) return answer;
    const known = answer.filter((log) => Number((log as Fields).blockNumber) <= head);
    if (filter.blockHash !== undefined && known.length < answer.length) throw new RpcError(-32_000, "unknown block");
    return known.length < answer.length ? known : answer;
  };
}

/** Quirks in headers, and in which blocks a node has. */
export const blockQuirks = {
  bloomZero: {
    does: "Has an empty bloom filter in each block, whatever its logs.",
    seen: "Polygon PoS (l2beat PR 10113: block 79061984), aurora-relayer issue 271, stratus issue 1134.",
    start: withBloom(ZERO_BLOOM),
  },
  bloomOnes: {
    does: "Has a full bloom filter in each block: it matches everything.",
    seen: "Lotus (`NewFullEthBloom` in its headers), zkSync Era issue 4580 (bits without logs).",
    start: withBloom(FULL_BLOOM),
  },
  bloomMalformed: {
    does: "Has a bloom filter without bytes.",
    seen: "Flow EVM Gateway issues 208 and 372, Lotus issue 10196.",
    start: withBloom("0x"),
  },
  bloomMissing: {
    does: "Has no bloom filter in its headers.",
    seen: "fendermint PR 232 (null).",
    start: changingBlocks((block) => ({ ...block, logsBloom: undefined })),
  },
  bloomShifted: {
    does: "Has the bloom filter of the block before in each block.",
    seen: "Ethermint issue 247.",
    start: changingBlocks(async (block, next) => {
      const before = await next("eth_getBlockByNumber", [hex(Math.max(0, numberOf(block) - 1)), false]);
      const { logsBloom } = before as Fields;
      return logsBloom === block.logsBloom ? block : { ...block, logsBloom };
    }),
  },
  finalizedUnsupported: {
    does: "Refuses the tags `finalized` and `safe`.",
    seen: "rskj issue 3309, besu issue 3947, java-tron issue 5953.",
    start: refusing((method, [tag]) =>
      isBlockMethod(method) && (tag === "finalized" || tag === "safe")
        ? new RpcError(-32_602, "invalid block tag: finalized")
        : undefined,
    ),
  },
  finalizedNull: {
    does: "Has no finalized block.",
    seen: "No report; allowed by the specification of the method.",
    start: (met) => ({
      answer: async (method, params, next) => {
        if (!isBlockMethod(method) || params[0] !== "finalized") return next(method, params);
        met();
        return null;
      },
    }),
  },
  historyExpiredForGenesis: {
    does: "Refuses block 0, because its history has expired.",
    seen: "geth issue 31939, nethermind PR 8521 (EIP-4444: error 4444).",
    start: refusing((method, [tag]) =>
      isBlockMethod(method) && isNumber(tag) && Number(tag) === 0
        ? new RpcError(4_444, "pruned history unavailable")
        : undefined,
    ),
  },
  nullRounds: {
    does: "Has no block at some heights: refuses them.",
    seen: "Filecoin: Lotus issues 10909 and 12633 (error 12).",
    start: nullRounds((number) => {
      throw new RpcError(12, `requested epoch was a null round (${number})`);
    }),
  },
  nullRoundsAsNull: {
    does: "Has no block at some heights: returns null for them.",
    seen: "Filecoin: Lotus PR 12529.",
    start: nullRounds(() => null),
  },
  nullRoundsAsBefore: {
    does: "Has no block at some heights: returns the block before.",
    seen: "Filecoin: Forest issue 7276.",
    start: nullRounds((number, next) => next("eth_getBlockByNumber", [hex(number - 1), false])),
  },
  laggingBackend: {
    does: `Answers about every third call from a node that is ${BLOCKS_BEHIND} blocks behind.`,
    seen: "geth issue 24078, nanoreth issue 153: several nodes behind one balancer.",
    start: (met) => {
      const random = seededRandom(1); // a regular turn would always befall the same call of a client's round
      return {
        answer: async (method, params, next) => {
          if (random.next() > 1 / 3) return next(method, params);
          met();
          const head = numberOf(await next("eth_getBlockByNumber", ["latest", false]));
          return answerAsOf(Math.max(0, head - BLOCKS_BEHIND), next)(method, params);
        },
      };
    },
  },
  stuckHead: {
    does: "Keeps the newest block that it had at its first answer.",
    seen: "No report; a node that lost its peers.",
    start: (met) => {
      let head: number | undefined;
      return {
        answer: async (method, params, next) => {
          head ??= numberOf(await next("eth_getBlockByNumber", ["latest", false]));
          met();
          return answerAsOf(head, next)(method, params);
        },
      };
    },
  },
  wrongChain: {
    does: `Answers the first ${WRONG_ANSWERS} calls from another chain.`,
    seen: "No report; one wrongly configured node behind a balancer.",
    start: (met) => {
      let left = WRONG_ANSWERS;
      return {
        answer: async (method, params, next) => {
          const answer = await next(method, params);
          if (left === 0) return answer;
          left--;
          met();
          if (method === "eth_chainId") return OTHER_CHAIN_ID;
          if (Array.isArray(answer))
            return answer.map((log: Fields) => ({ ...log, blockHash: otherHash(log.blockHash) }));
          if (!isBlockMethod(method) || !isFields(answer)) return answer;
          return { ...answer, hash: otherHash(answer.hash), parentHash: otherHash(answer.parentHash) };
        },
      };
    },
  },
} satisfies Record<string, QuirkKind>;
