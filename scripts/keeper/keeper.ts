import { settleStep } from "#client/acts/collecting/settle.ts";
import { innermost } from "#client/errors/explain.ts";
import type { CallStep } from "#client/plan/plan.ts";
import { GraphReader } from "#client/settlement/readGraph.ts";
import { cut, type Due, dueAlong, LEAST_RELEASE_GAS } from "#client/settlement/settlement.ts";
import { estimateCall, readGasPrice } from "#client/transactions/cost.ts";
import { createLog, type Log } from "#node/log.ts";
import { parseTime } from "#protocol/duration.ts";
import { amountText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../participant/command.ts";
import type { OptionsOf } from "../participant/commandLine.ts";
import type { Session } from "../participant/session.ts";
import { consent, sendStep } from "../participant/transact.ts";
import { candidates } from "./candidates.ts";
import { InletReader, LEAST_SYNC_GAS, parseWatched } from "./inlets.ts";
import { type IsWorth, parseMargin, type Priced, readPrices, worthOf } from "./prices.ts";

/** The state of one keeper, from one round to the next. All that it must not forget is on the chain. */
interface Keeper {
  session: Session;
  log: Log;
  prices: readonly Priced[];
  isWorth: IsWorth;
  api: string;
  reader: GraphReader;
  inlets: InletReader;
  /** The reason for which the indexer did not answer last time, so that it is told once. */
  apiAway: string | undefined;
  /** Calls that were tried and left, so that each is told once. */
  left: Set<string>;
  rounds: number;
}

/** Settles releases and syncs inlets, when what moves is worth more than it costs. */
export const keeper: Command<OptionsOf<"keeper">> = async (session, options) => {
  const prices = await readPrices(session, options.price);
  if (prices.length === 0) {
    throw new UserError("Say what the currencies are worth: --price tUSD=0.0004, in native money for a whole unit.");
  }
  const isWorth = parseMargin(options.margin);
  const pauseMs = 1_000 * parseTime(options.every, "--every");
  const isWatched = parseWatched(options.inlets);
  const account = await session.account();
  const worth = prices.map(
    (each) => `1 ${each.currency.symbol} as ${amountText(each.weiPerUnit, session.chain.native)}`,
  );
  session.say(`As ${account} on chain ${session.chain.chainId}, ${options.once ? "once" : `every ${options.every}`}:`);
  session.say(`  settle releases and sync inlets where what moves is worth ${options.margin} times the gas, or more,`);
  session.say(`  taking ${worth.join(" and ")}. Other currencies are left alone.`);
  if (!options.dryRun) await consent(session, "Spend this account's native money so?");

  const write = options.json ? session.terminal.stderr : session.terminal.stdout;
  const log = createLog({ isTTY: session.terminal.isInteractive && !options.json, write });
  session.listener = (line) => log.info(line.trim());
  const inlets = new InletReader(session.chain, isWatched);
  const reader = new GraphReader(session.chain);
  const self: Keeper = {
    session,
    log,
    prices,
    isWorth,
    api: options.api,
    reader,
    inlets,
    apiAway: undefined,
    left: new Set(),
    rounds: 0,
  };

  await ownPending(self);
  while (!session.signal.aborted) {
    try {
      await round(self);
    } catch (error) {
      if (options.once) throw error;
      // A node that is away now may answer in the next round. If it is told to stop, this says what is under way.
      log.warn(`The round was broken off: ${error instanceof UserError ? error.message : innermost(error)}`);
    }
    self.rounds++;
    if (options.once) break;
    await session.pause(pauseMs);
  }
  const spentWei = session.mined.reduce((sum, { costWei }) => sum + costWei, 0n);
  log.info("Stopped.", { rounds: self.rounds, transactions: session.mined.length, spentWei });
  return { rounds: self.rounds, spentWei };
};

/** Waits for what an earlier run left under way, or it might be done twice. */
async function ownPending({ session, log }: Keeper): Promise<void> {
  const address = await session.account();
  for (let lastCount = 0; !session.signal.aborted;) {
    const [mined, pending] = await Promise.all([
      session.chain.client.getTransactionCount({ address }),
      session.chain.client.getTransactionCount({ address, blockTag: "pending" }),
    ]);
    if (pending <= mined) return;
    const count = pending - mined;
    if (count !== lastCount) log.info("Waiting for earlier transactions.", { account: address, count });
    lastCount = count;
    await session.pause(1_000);
  }
}

async function round(self: Keeper): Promise<void> {
  for (const { step, amount, priced } of await self.inlets.balances(self.prices)) {
    if (self.session.signal.aborted) return;
    const price = await readGasPrice(self.session.chain.client);
    const worthWei = worthOf(amount, priced);
    if (self.isWorth(worthWei, LEAST_SYNC_GAS * price.now)) await sendIfWorth(self, step, worthWei);
  }
  for (const priced of self.prices) await settleAll(self, priced);
}

async function settleAll(self: Keeper, priced: Priced): Promise<void> {
  const { session, reader } = self;
  const { now } = await readGasPrice(session.chain.client);
  const isWorth = ({ amount, gas }: Pick<Due, "amount" | "gas">) => self.isWorth(worthOf(amount, priced), gas * now);
  const onApiAway = (reason: string) => {
    if (self.apiAway !== reason) self.log.warn(`${reason} Looking at the contracts instead.`);
    self.apiAway = reason;
  };
  const asked = { session, reader, api: self.api, onApiAway };
  const unsettled = await candidates(asked, priced, (amount) => isWorth({ amount, gas: LEAST_RELEASE_GAS }));
  if (unsettled.length === 0) return;
  const releases = await reader.withAncestors(unsettled);
  for (const part of cut(await due(self, priced, releases, isWorth))) {
    if (session.signal.aborted) return;
    // What the parts before took time for may have been settled by others meanwhile.
    const ids = part.map(({ release }) => release);
    const still = await due(self, priced, ids, isWorth);
    if (still.length === 0) continue;
    const worthWei = worthOf(
      still.reduce((sum, { amount }) => sum + amount, 0n),
      priced,
    );
    await sendIfWorth(self, settleStep(session.chain, still, priced.currency), worthWei);
  }
}

async function due(
  { reader }: Keeper,
  { currency }: Priced,
  releases: readonly number[],
  isWorth: (due: Due) => boolean,
) {
  const flows = await reader.flows(reader.withParents(releases), currency.address);
  return dueAlong({ nodes: reader.nodesOf(releases), flows }, isWorth);
}

/** Tries it right before it is sent, at the gas price of now. */
async function sendIfWorth({ session, log, isWorth, left }: Keeper, step: CallStep, worthWei: bigint): Promise<void> {
  try {
    const { client } = session.chain;
    const tried = await estimateCall(client, await session.account(), step, await readGasPrice(client));
    const { costWei } = tried;
    if (!isWorth(worthWei, costWei)) {
      if (!left.has(step.data)) log.info("Left: not worth it.", { what: step.does, worthWei, costWei });
      left.add(step.data);
      return;
    }
    if (session.options.dryRun) {
      log.info("Would be sent.", { what: step.does, worthWei, costWei });
      return;
    }
    log.info(step.does, { worthWei, costWei });
    await sendStep(session, step, tried);
  } catch (error) {
    if (!(error instanceof UserError) || session.signal.aborted) throw error;
    log.warn(error.message, { what: step.does });
  }
}
