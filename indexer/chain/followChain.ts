import { abortable, pause } from "#node/abortable.ts";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { type Endpoints, headerOf } from "#node/rpc/endpoints.ts";
import type { Header } from "#node/rpc/header.ts";
import { firstBlockOf, followedContracts } from "../books/contracts.ts";
import type { ChainUpdate, JournalBlock, JournalSource, UnreadContract } from "../journal.ts";
import { backfill } from "./backfill.ts";
import { clearStops, reportMissing, reportNotFollowable, reportPruned, reportWithheld } from "./conditions.ts";
import { confirmFinal, DeepReorg } from "./deepReorg.ts";
import { lacksOldBlock, readFromWitness } from "./headers.ts";
import { IncompleteReply } from "./incompleteReply.ts";
import { NotFollowable } from "./notFollowable.ts";
import { type Progress, progressMeter } from "./progress.ts";
import { type ReadBlocks, readTip } from "./readBlocks.ts";
import { trustOf } from "./trust.ts";

export interface FollowChainParameters {
  endpoints: Endpoints;
  source: JournalSource;
  /** Returns the highest journalled block at or below a number. Default: the highest of all. */
  lastBlock: (atOrBelow?: bigint) => Promise<JournalBlock | undefined>;
  /** Returns the contracts that are new to the journal; see {@link UnreadContract}. Default: none. */
  unreadContracts?: () => Promise<readonly UnreadContract[]>;
  /**
   * True if the registry and the ledger are known to have been created in the start block, so that it has their logs. An
   * endpoint without them keeps no logs so old. Default: false.
   */
  isDeployed?: boolean;
  signal: AbortSignal;
  /**
   * The newest block that was final before the start. Default: the block that is the finality depth below the last
   * journalled one.
   */
  final?: bigint | undefined;
  /** Called with the number of the newest block each time a node has reported it. */
  onHead?: (head: bigint) => void;
  /** Called after each update that was journalled. */
  onProgress?: (progress: Progress) => void;
}

/** The number of newest blocks that are read block by block. */
const TIP_BLOCKS = 64n;
/**
 * The number of polls in which a node may have neither a journalled block nor another in its place, before that counts
 * as a reorg.
 */
const PATIENCE_POLLS = 20;
/** The number of blocks that the search for the common ancestor goes back one by one, before its steps double. */
const SINGLE_STEPS = 64;

/** The last journalled block on the chain: the same one, another one with its number, or none with its number. */
type Comparison = "same" | "replaced" | "missing";

/** Everything that the next step depends on. */
export interface Situation {
  /** The last journalled block. */
  last: JournalBlock | undefined;
  head: Pick<Header, "number">;
  comparison: Comparison;
  /** The number of polls in a row in which the last journalled block was missing. */
  missed: number;
  /** A contract that is new to the journal. */
  unread: UnreadContract | undefined;
  /** The first block that can contain a log. */
  firstBlock: bigint;
  /** The number of tip blocks to read at once. */
  tip: bigint;
}

/** The next thing to do. */
export type Step =
  /** The journal's end is no longer on the chain. */
  | { type: "undo"; last: JournalBlock }
  /** Logs of a new contract are missing in blocks that are journalled. */
  | { type: "fill"; contract: UnreadContract; last: JournalBlock }
  | { type: "backfill"; from: bigint; to: bigint }
  | { type: "tip"; from: bigint; to: bigint }
  /** There is nothing to do. If `clear`, nothing needs to be checked until the situation changes. */
  | { type: "wait"; clear: boolean };

type TipStep = Extract<Step, { type: "tip" }>;

/** Decides what to do next. */
export function nextStep({ last, head, comparison, missed, unread, firstBlock, tip }: Situation): Step {
  if (last && (comparison === "replaced" || missed > PATIENCE_POLLS)) return { type: "undo", last };
  if (comparison === "missing") return { type: "wait", clear: false };
  if (last && unread) return { type: "fill", contract: unread, last };
  const from = last ? last.number + 1n : firstBlock;
  if (head.number < from) return { type: "wait", clear: true };
  const edge = head.number - TIP_BLOCKS;
  if (from <= edge) return { type: "backfill", from, to: edge };
  return { type: "tip", from, to: lower(from + tip - 1n, head.number) };
}

/**
 * Follows the contracts of a deployment on a chain, beginning after the last journalled block. Each update must be
 * journalled before the next one is requested. Failed requests are retried without end, by any endpoint that is
 * available. The generator ends when the signal aborts. What cannot be read is reported by the endpoints' notices, and
 * tried again more and more slowly.
 *
 * The journal may lose blocks at its end at any time: reading goes on after the block that is then the last. So to read
 * blocks again, it is enough to remove them between two updates. If that can happen while an update is being processed,
 * compare its `after` with the journal's end to see if the update still fits.
 *
 * Withheld logs that are not noticed here: logs that every endpoint withholds. With one endpoint: one of several logs
 * of the same event in a block, and logs in a back-filled range, except in its last block and where the reply was cut.
 * With several endpoints: logs in most back-filled ranges, since only one range in sixteen is compared. Once an endpoint
 * was seen to withhold logs, everything that was read from it is read again from another one. `verify` finds the rest:
 * it compares everything with the contracts and reads all logs again.
 *
 * @example
 * const endpoints = new Endpoints({ urls: ["http://127.0.0.1:8545"], chainId: 31_337 });
 * const lastBlock = (atOrBelow?: bigint) => journal.lastBlock(atOrBelow);
 * for await (const update of followChain({ endpoints, source, lastBlock, signal })) {
 *   if (update.type === "blocks") await journal.append(update.blocks, update.logs);
 *   else if (update.type === "reorg") await journal.removeAbove(update.ancestor?.number ?? -1n);
 * }
 */
export async function* followChain(parameters: FollowChainParameters): AsyncGenerator<ChainUpdate> {
  const { endpoints, source, isDeployed, signal, onHead, onProgress } = parameters;
  const trust = trustOf(endpoints);
  const contracts = followedContracts(source);
  const firstBlock = firstBlockOf(source);
  const lastBlock = (atOrBelow?: bigint) => abortable(parameters.lastBlock(atOrBelow), signal);
  const firstUnread = async () => {
    const [unread] = parameters.unreadContracts ? await abortable(parameters.unreadContracts(), signal) : [];
    return unread;
  };
  const meter = progressMeter();
  /** It never decreases: a block that was final must stay final. */
  let final = parameters.final;
  /** The situation in which there was nothing to do. */
  let clear: string | undefined;
  let missed = 0;
  /** The number of tip blocks to read at once. It shrinks after failures and grows again. */
  let tip = TIP_BLOCKS;
  let seenMs = 0;
  /** True while contracts may be new to the journal. Once all are read, no others can be added. */
  let mayBeUnread = true;
  while (!signal.aborted) {
    let leader: Endpoint | undefined;
    let step: Step | undefined;
    let last: JournalBlock | undefined;
    try {
      last = await lastBlock();
      const reread = trust.takeReread();
      if (reread !== undefined && last && last.number >= reread) {
        yield { type: "reorg", ancestor: await lastBlock(reread - 1n) };
        continue;
      }
      const unread: UnreadContract | undefined = mayBeUnread ? await firstUnread() : undefined;
      mayBeUnread = unread !== undefined;
      leader = await trust.lead(signal);
      const { head } = leader;
      if (!head) continue;
      if (leader.lastSeenMs !== seenMs) onHead?.(head.number);
      seenMs = leader.lastSeenMs;
      final ??= last && last.number > endpoints.finalityDepth ? last.number - endpoints.finalityDepth : 0n;
      // Read this before comparing the journal with the chain: later it could be the final block of another branch.
      const finalNow = endpoints.final;
      const situation = `${last?.hash} ${head.hash}`;
      if (!unread && (situation === clear || (last && last.hash === head.hash))) {
        clearStops(endpoints);
        await endpoints.waitForChange(signal);
        continue;
      }

      const comparison = last ? await compare(endpoints, leader, last, lastBlock, signal) : "same";
      missed = comparison === "missing" ? missed + 1 : 0;
      step = nextStep({ last, head, comparison, missed, unread, firstBlock, tip });
      if (step.type === "undo") {
        await confirmFinal(endpoints, lastBlock, final, signal);
        if (leader.isResting || !leader.isIdentified) continue; // the leader was at fault
        const ancestor = await commonAncestor(leader, step.last, lastBlock, signal);
        clear = undefined;
        missed = 0;
        yield { type: "reorg", ancestor };
        continue;
      }
      if (step.type === "wait") {
        if (step.clear) clear = situation;
        await pause(endpoints.pollingIntervalMs, signal);
        continue;
      }
      if (step.type === "fill") {
        yield* fill(step.contract, step.last);
        continue;
      }

      let after = last;
      for await (const { blocks, logs, parentHash, endpoint } of read(step, leader)) {
        const end = blocks.at(-1);
        if (!end || signal.aborted) break;
        if (after && parentHash !== after.hash) {
          const kind = end.number > final ? "changed" : "wrong";
          endpoints.reportFailure(endpoint, new EndpointError(kind, `it has another block ${after.number}`));
          await endpoints.waitForChange(signal);
          break;
        }
        // Blocks that were read ahead do not fit once the journal has another end.
        if ((await lastBlock())?.hash !== after?.hash) break;
        if (finalNow > final) final = finalNow;
        yield { type: "blocks", blocks, logs, final, after: after?.number, endpoint: endpoint.name };
        after = end;
        trust.unfollowable = 0;
        clearStops(endpoints);
        endpoints.notices.clear("methodMissing", [endpoint.name]);
        tip = lower(tip + 4n, TIP_BLOCKS);
        endpoint.recordSuccess("read");
        const target = endpoints.head?.number ?? head.number;
        onProgress?.(meter({ block: end.number, target, events: logs.length }));
        if (trust.mustReread) break;
      }
    } catch (error) {
      if (signal.aborted) return;
      clear = undefined;
      if (error instanceof DeepReorg) {
        reportDeepReorg(endpoints, error);
        await endpoints.waitForChange(signal);
        continue;
      }
      if (!(error instanceof EndpointError)) throw error;
      if (leader) reportReadFailure(leader, error, step?.type === "tip" ? step : undefined, last);
      tip = (tip + 1n) / 2n;
      await endpoints.waitForChange(signal);
    }
  }

  function reportReadFailure(
    leader: Endpoint,
    error: EndpointError,
    tipStep: TipStep | undefined,
    last: JournalBlock | undefined,
  ): void {
    const alone = trust.isAlone(leader);
    if (error instanceof NotFollowable && ++trust.unfollowable > 1) reportNotFollowable(endpoints, error.message);
    if (error instanceof IncompleteReply && alone && tipStep && tipStep.from === tipStep.to) {
      reportWithheld(endpoints, leader, error.message, true);
    }
    if (error.kind === "unsupported") reportMissing(endpoints, leader, error.message, alone);
    if (error.kind === "pruned") {
      trust.of(leader).wasBehind = true; // another one is followed, if there is one
      const { from = last?.number ?? firstBlock, to = from } = tipStep ?? {};
      reportPruned(endpoints, leader, from, to, alone);
    }
    endpoints.reportFailure(leader, error);
  }

  function read({ type, from, to }: Extract<Step, { type: "backfill" | "tip" }>, endpoint: Endpoint) {
    if (type === "backfill") return backfill({ endpoints, contracts, from, to, isDeployed, signal });
    return readOnce(readTip({ endpoints, endpoint, contracts, from, to, isDeployed, signal }));
  }

  /** Reads a new contract's logs up to the last journalled block, which proves that they are of the same chain. */
  async function* fill({ readTo, ...contract }: UnreadContract, last: JournalBlock): AsyncGenerator<ChainUpdate> {
    const filling = progressMeter();
    const range = { endpoints, contracts: [contract], from: readTo + 1n, to: last.number, anchor: last, signal };
    let from = range.from;
    for await (const { blocks, logs, endpoint } of backfill(range)) {
      const end = blocks.at(-1);
      if (!end || signal.aborted) return;
      yield { type: "filled", contract: contract.name, from, blocks, logs };
      const next = await firstUnread();
      // The store did not accept the range, or the journal has another end now.
      if (next?.name === contract.name && next.readTo !== end.number) return endpoints.waitForChange(signal);
      if (trust.mustReread) return;
      from = end.number + 1n;
      endpoint.recordSuccess("read");
      const progress = filling({ block: end.number, target: last.number, events: logs.length });
      onProgress?.({ ...progress, contract: contract.name });
    }
  }
}

/** Reports that all endpoints have another chain. Each is identified again, in case it was restarted on a wrong one. */
function reportDeepReorg(endpoints: Endpoints, { message }: DeepReorg): void {
  endpoints.notices.raise({ code: "deepReorg", endpoints: [], message, stops: true });
  for (const endpoint of endpoints.all) {
    if (endpoint.isIdentified) endpoints.reportFailure(endpoint, new EndpointError("wrong", message));
  }
}

async function compare(
  endpoints: Endpoints,
  leader: Endpoint,
  last: JournalBlock,
  lastBlock: FollowChainParameters["lastBlock"],
  signal: AbortSignal,
): Promise<Comparison> {
  const header = await headerOf(leader, last.number, signal);
  if (header?.hash === last.hash) return "same";
  if (!header) {
    const failure = await lacksOldBlock(leader, last.number, signal);
    if (failure.kind === "pruned") throw failure;
    // One of several nodes behind one URL may lag, or the chain has become shorter. If an earlier journalled block was
    // replaced, it is the latter.
    const earlier = await lastBlock(leader.head?.number ?? 0n);
    if (!earlier || earlier.number === last.number) return "missing";
    const replacement = await headerOf(leader, earlier.number, signal);
    return replacement && replacement.hash !== earlier.hash ? "replaced" : "missing";
  }
  // One reply may be wrong, and endpoints may follow different branches for a while.
  const second = trustOf(endpoints).findOther(last.number, [leader]) ?? leader;
  const again =
    second === leader
      ? await headerOf(leader, last.number, signal)
      : await readFromWitness(endpoints, second, last.number, signal);
  return again?.hash === last.hash ? "missing" : "replaced";
}

async function commonAncestor(
  leader: Endpoint,
  replaced: JournalBlock,
  lastBlock: FollowChainParameters["lastBlock"],
  signal: AbortSignal,
): Promise<JournalBlock | undefined> {
  let candidate = await lastBlock(replaced.number - 1n);
  let step = 1n;
  for (let steps = 1; candidate; steps++) {
    if ((await headerOf(leader, candidate.number, signal))?.hash === candidate.hash) return candidate;
    if (steps >= SINGLE_STEPS) step *= 2n;
    candidate = await lastBlock(candidate.number - step);
  }
  return undefined;
}

const lower = (a: bigint, b: bigint) => (a < b ? a : b);

async function* readOnce(read: Promise<ReadBlocks>): AsyncGenerator<ReadBlocks> {
  yield await read;
}
