import { countText } from "#client/acts/collecting/countText.ts";
import { settleStep } from "#client/acts/collecting/settle.ts";
import { errorMessage } from "#client/errors/errorMessage.ts";
import type { CallStep } from "#client/plan/plan.ts";
import { GraphReader } from "#client/settlement/readGraph.ts";
import { ITEM_BYTES, readDataPrice } from "#client/settlement/readDataPrice.ts";
import {
  computeDue,
  computeWorthwhile,
  type Graph,
  MIN_RELEASE_GAS,
  splitByGas,
} from "#client/settlement/settlement.ts";
import { estimateCall, readGasPrice } from "#client/transactions/cost.ts";
import { type GasPrice, gweiText } from "#client/transactions/prices.ts";
import { createLog, type Log } from "#node/log.ts";
import { parseTime } from "#protocol/duration.ts";
import { amountText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../participant/command.ts";
import type { OptionsOf } from "../participant/commandLine.ts";
import type { Session } from "../participant/session.ts";
import { requireConsent, sendStep } from "../participant/transact.ts";
import { candidates } from "./candidates.ts";
import { earnings, parseOutlets, type WatchedOutlets } from "./earnings.ts";
import { InletReader, type IsWatched, MIN_SYNC_GAS, parseWatched } from "./inlets.ts";
import { type IsWorth, parseMargin, type PricedCurrency, readPrices, unitsOf, worthOf } from "./prices.ts";

/** The state of a keeper between rounds. It may be lost: all that must last is on the chain. */
interface Keeper {
  session: Session;
  log: Log;
  prices: readonly PricedCurrency[];
  isWorth: IsWorth;
  /** The number of times its cost that something must be worth. */
  margin: number;
  api: string;
  reader: GraphReader;
  inlets: InletReader;
  isWatched: IsWatched;
  outlets: WatchedOutlets;
  /** The last reason why the indexer could not be used. Each reason is logged once. */
  apiFailure: string | undefined;
  /** Calls and settlements that were not worth sending. Each is logged once. */
  skippedCalls: Set<string>;
  rounds: number;
}

/** Settles releases, syncs inlets, collects what they earned, and passes on from outlets, where the money that moves is worth more than the cost. */
export const keeper: Command<OptionsOf<"keeper">> = async (session, options) => {
  if (options.propose !== undefined) {
    throw new UserError(
      "The keeper sends by itself, round after round, so it cannot write its transactions for somebody else to execute. Anyone may settle and sync: run it with a key of its own. For a contract wallet, propose single commands, such as settle or sync.",
    );
  }
  if (!options.dryRun) await session.requireSender();
  const prices = await readPrices(session, options.price);
  if (prices.length === 0) {
    throw new UserError(
      "No currency has a price. Give prices in native money for one whole unit, such as --price tUSD=0.0004.",
    );
  }
  const isWorth = parseMargin(options.margin);
  const pauseMs = 1_000 * parseTime(options.every, "--every");
  const isWatched = parseWatched(options.inlets);
  const outlets = parseOutlets(options.outlets);
  const account = await session.account();
  const worth = prices.map(
    (each) => `1 ${each.currency.symbol} = ${amountText(each.weiPerUnit, session.chain.native)}`,
  );
  session.print(
    `Account ${account} on chain ${session.chain.chainId}, ${options.once ? "one round" : `one round every ${options.every}`}:`,
  );
  session.print(
    `  Settle releases, sync inlets${outlets === "none" ? "" : " and pass on from outlets"} where the money that moves is worth at least ${options.margin} times the gas.`,
  );
  session.print(`  Prices: ${worth.join(", ")}. Other currencies are ignored.`);
  if (!options.dryRun) await requireConsent(session, "Let the keeper spend this account's native money?");

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
    margin: Number(options.margin),
    api: options.api,
    reader,
    inlets,
    isWatched,
    outlets,
    apiFailure: undefined,
    skippedCalls: new Set(),
    rounds: 0,
  };

  await waitForPending(self);
  while (!session.signal.aborted) {
    try {
      await round(self);
    } catch (error) {
      if (options.once) throw error;
      // A node that does not answer now may do so in the next round. At a stop, the message names the pending transaction.
      log.warn(`The round failed. ${errorMessage(error)}`);
    }
    self.rounds++;
    if (options.once) break;
    await session.pause(pauseMs);
  }
  const spentWei = session.mined.reduce((sum, { costWei }) => sum + costWei, 0n);
  log.info("Stopped.", { rounds: self.rounds, transactions: session.mined.length, spentWei });
  return { rounds: self.rounds, spentWei };
};

/** Waits until the account's earlier transactions are mined. Otherwise their work could be sent twice. */
async function waitForPending({ session, log }: Keeper): Promise<void> {
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
    const price = await readGasPrice(self.session.chain.client, self.session.chain.prices);
    const worthWei = worthOf(amount, priced);
    if (self.isWorth(worthWei, MIN_SYNC_GAS * price.now)) await sendIfWorth(self, step, worthWei);
  }
  await moveEarnings(self);
  for (const priced of self.prices) await settleAll(self, priced);
}

/** Has inlets collect and outlets pass on what their shares have earned, each asset only where it is worth its claim. */
async function moveEarnings(self: Keeper): Promise<void> {
  const { session, api, prices, margin, isWorth, isWatched, outlets } = self;
  const parameters = { session, api, prices, margin, isWorth, isWatched, outlets, onApiFailure: apiFailureLog(self) };
  for await (const { step, amount, priced } of earnings(parameters)) {
    if (session.signal.aborted) return;
    await sendIfWorth(self, step, worthOf(amount, priced));
  }
}

/** Returns a function that logs each reason once why the indexer cannot be used. */
const apiFailureLog = (self: Keeper) => (reason: string) => {
  if (self.apiFailure !== reason) self.log.warn(`${reason} Reading the contracts instead.`);
  self.apiFailure = reason;
};

async function settleAll(self: Keeper, priced: PricedCurrency): Promise<void> {
  const { session, reader } = self;
  const price = await readGasPrice(session.chain.client, session.chain.prices);
  const onApiFailure = apiFailureLog(self);
  const parameters = { session, reader, api: self.api, onApiFailure };
  const unsettled = await candidates(parameters, priced, (amount) =>
    self.isWorth(worthOf(amount, priced), MIN_RELEASE_GAS * price.now),
  );
  if (unsettled.length === 0) return;
  const dataWei = ITEM_BYTES * (await readDataPrice(session.chain, price));
  const costOf = (gas: bigint) => self.margin * unitsOf(gas * price.now + dataWei, priced);
  const graph = await readGraph(self, priced, await reader.withAncestors(unsettled));
  const worthwhile = computeWorthwhile(graph, costOf);
  if (worthwhile.length === 0) logSkipped(self, priced, unsettled);
  for (const part of splitByGas(worthwhile)) {
    if (session.signal.aborted) return;
    // Sending the parts before took time: others may have settled some of these releases.
    const now = await readGraph(
      self,
      priced,
      part.map(({ release }) => release),
    );
    const remaining = computeDue(now);
    if (remaining.length === 0) continue;
    // Money that passes several of the releases counts once.
    const waiting = remaining.reduce((sum, { release }) => {
      const { received = 0n, settled = 0n } = now.flows.get(release) ?? {};
      return sum + received - settled;
    }, 0n);
    await sendIfWorth(self, settleStep(session.chain, remaining, priced.currency), worthOf(waiting, priced));
  }
}

/** Logs once that releases have money, but not enough for the whole way that it would go. */
function logSkipped({ log, skippedCalls }: Keeper, { currency }: PricedCurrency, releases: readonly number[]): void {
  const key = `${currency.address} ${releases.join()}`;
  if (!skippedCalls.has(key)) {
    log.info("Skipped: worth less than the margin asks for.", {
      what: `Settle ${countText(releases.length, "release")} and their ancestors in ${currency.symbol}.`,
    });
  }
  skippedCalls.add(key);
}

async function readGraph(
  { reader }: Keeper,
  { currency }: PricedCurrency,
  releases: readonly number[],
): Promise<Graph> {
  const flows = await reader.flows(reader.withParents(releases), currency.address);
  return { nodes: reader.nodesOf(releases), flows };
}

/** Simulates a call at the current gas price, and sends it if it is worth that. */
async function sendIfWorth(
  { session, log, isWorth, skippedCalls }: Keeper,
  step: CallStep,
  worthWei: bigint,
): Promise<void> {
  try {
    const { client, prices } = session.chain;
    const price = await readGasPrice(client, prices);
    const estimate = await estimateCall(client, await session.account(), step, price);
    const { costWei } = estimate;
    if (!isWorth(worthWei, costWei)) {
      if (!skippedCalls.has(step.data))
        log.info("Skipped: worth less than the margin asks for.", { what: step.does, worthWei, costWei });
      skippedCalls.add(step.data);
      return;
    }
    if (session.options.dryRun) {
      log.info("Dry run: would be sent.", { what: step.does, worthWei, costWei });
      return;
    }
    log.info(step.does, { worthWei, costWei });
    const accept = (raised: GasPrice) => {
      if (isWorth(worthWei, costWei + (raised.now - price.now) * estimate.gas)) return;
      throw new UserError(
        `The node asks for ${gweiText(raised.now)} for a unit of gas, and the call is not worth that.`,
      );
    };
    await sendStep(session, step, { estimate, accept });
  } catch (error) {
    if (!(error instanceof UserError) || session.signal.aborted) throw error;
    log.warn(error.message, { what: step.does });
  }
}
