import { seededRandom } from "#node/seededRandom.ts";
import type { Random } from "../differential/world.ts";
import type { Faults } from "../support/rpc/faultyRpc.ts";
import type { QuirkName } from "../support/rpc/quirks/quirks.ts";
import type { StoreFaults } from "./faultyStore.ts";

export type Step =
  | { do: "mine"; blocks: number }
  /** Replaces `depth` blocks, or fewer if the others are final, by `blocks` blocks with other times. */
  | { do: "reorg"; depth: number; blocks: number; seconds: number }
  /** Sets the faults and the lasting quirks of each node from now on. */
  | { do: "spoilNodes"; faults: Partial<Faults>[]; quirks?: QuirkName[][] }
  | { do: "spoilStore"; faults: StoreFaults }
  | { do: "restartDatabase" }
  /** Ends the indexer after a while, and starts it again: in its own process, or in the test's. */
  | { do: "restart"; how: "stop" | "kill"; afterMs: number; next: Place }
  | { do: "wait"; ms: number }
  | { do: "catchUp"; atMostMs: number };

export type Place = "ownProcess" | "here";

/**
 * The way in which schedules are drawn. A change that gives old seeds other schedules needs a new version: seeds that have
 * failed once are kept with theirs. 1: without quirks.
 */
export type Version = 1 | 2;

export interface Schedule {
  seed: number;
  version: Version;
  endpoints: number;
  store: "folder" | "postgres";
  finalityDepth: number;
  /** The place where the indexer runs first. */
  place: Place;
  steps: Step[];
}

const STEPS = 24;
/** The number of quirks that a schedule has on average. */
const QUIRKS_A_SEED = 5;

/** Faults that occur together, with their probabilities. */
const moods: Record<string, (random: Random) => Partial<Faults>> = {
  slow: () => ({ delay: 0.5, delayMs: 80, hang: 0.05 }),
  flaky: () => ({ drop: 0.15, refuse: 0.1, unavailable: 0.1, cutJson: 0.05 }),
  busy: (random) => ({ tooMany: 0.3, retryAfterSeconds: [undefined, 0, 0.1, 1][random.between(0, 3)] }),
  stale: (random) => ({ staleHead: random.pick([0.3, 1]), staleBlocks: 8 }),
  forgetful: () => ({ missingLogs: 0.4, nullReply: 0.1 }),
  confused: () => ({ duplicatedLogs: 0.2, wrongOrder: 0.2, malformed: 0.05 }),
  foreign: () => ({ otherChain: 0.05 }),
  strict: (random) => ({ maxLogs: random.between(8, 30), maxBlocks: random.between(3, 20) }),
};

/** The quirks of version 2. An order of its own, since the schedules depend on it. */
export const QUIRKS_OF_NODES = [
  "batch413Html",
  "bloomZero",
  "noBlockHashLogs",
  "rate32016",
  "batchDrop",
  "bloomOnes",
  "ignoresBlockHash",
  "bareError",
  "batchForbidden",
  "bloomMalformed",
  "repeatedLog",
  "rate32005",
  "batchLimit",
  "bloomMissing",
  "unsortedLogs",
  "malformedOptional",
  "batchErrorObject",
  "bloomShifted",
  "truncates",
  "rate32603",
  "batchItemErrors",
  "finalizedUnsupported",
  "prunedError",
  "errorText",
  "batchShort",
  "historyExpiredForGenesis",
  "prunedEmpty",
  "rateText",
  "batchFirstOnly",
  "nullRounds",
  "withheldLogs",
  "errorHttp400",
  "batchShuffled",
  "nullRoundsAsNull",
  "inventedLog",
  "rateNested",
  "slowBatches",
  "laggingBackend",
  "alteredLogs",
  "uppercaseHex",
  "hugeLatency",
  "stuckHead",
  "blockHashEmpty",
  "errorHttp500",
  "deadFirstContact",
  "wrongChain",
  "indexPerTransaction",
  "leadingZeros",
  "nullError",
  "nullRoundsAsBefore",
  "indexZero",
  "rateHttp403",
  "decimalTimes",
  "foreignBlockHash",
  "logsDisabled",
  "rate32029",
  "noLogsMethod",
] as const satisfies readonly QuirkName[];

/** Makes the schedule of a run. It depends on the seed and the version only. */
export function scheduleOf(seed: number, version: Version = 2): Schedule {
  const random = seededRandom(seed);
  const endpoints = random.between(1, 2);
  const store = random.next() < 0.4 ? "postgres" : "folder";
  const place = random.pick<Place>(["ownProcess", "here"]);
  const steps: Step[] = [spoilNodes(random, endpoints)];
  while (steps.length < STEPS) steps.push(randomStep(random, endpoints, store));
  const schedule = { seed, version, endpoints, store, finalityDepth: random.between(4, 24), place, steps } as const;
  return version === 1 ? schedule : { ...schedule, steps: withQuirks(schedule) };
}

/** Adds quirks to nodes that are spoiled: each quirk in one of a few consecutive seeds. */
function withQuirks({ seed, endpoints, steps }: Schedule): Step[] {
  const random = seededRandom(seed);
  let next = seed * QUIRKS_A_SEED;
  const some = () =>
    Array.from({ length: random.between(0, 2) }, (): QuirkName => {
      return QUIRKS_OF_NODES[next++ % QUIRKS_OF_NODES.length] ?? "bloomZero";
    });
  return steps.map((step) =>
    step.do === "spoilNodes" ? { ...step, quirks: Array.from({ length: endpoints }, some) } : step,
  );
}

function randomStep(random: Random, endpoints: number, store: Schedule["store"]): Step {
  const kind = random.next();
  if (kind < 0.36) return { do: "mine", blocks: random.between(1, 6) };
  if (kind < 0.54) {
    return { do: "reorg", depth: random.between(1, 10), blocks: random.between(1, 12), seconds: random.between(1, 99) };
  }
  if (kind < 0.64) return spoilNodes(random, endpoints);
  if (kind < 0.72) return spoilStore(random, store);
  if (kind < 0.8) {
    const how = random.next() < 0.7 ? "kill" : "stop";
    return { do: "restart", how, afterMs: random.between(0, 1_000), next: random.pick<Place>(["ownProcess", "here"]) };
  }
  if (kind < 0.9) return { do: "wait", ms: random.between(0, 300) };
  return { do: "catchUp", atMostMs: 2_000 };
}

function spoilNodes(random: Random, endpoints: number): Step {
  const faults = Array.from({ length: endpoints }, () => {
    const some = random.shuffle(Object.values(moods)).slice(0, random.between(0, 3));
    return Object.assign({}, ...some.map((mood) => mood(random))) as Partial<Faults>;
  });
  return { do: "spoilNodes", faults };
}

function spoilStore(random: Random, store: Schedule["store"]): Step {
  if (store === "postgres" && random.next() < 0.4) return { do: "restartDatabase" };
  const often = random.pick([0, 0.1, 0.3]);
  return { do: "spoilStore", faults: { before: often, after: often / 2, delay: often, delayMs: 100 } };
}
