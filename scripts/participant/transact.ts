import { type Address, type Hash, numberToHex, type TransactionReceipt } from "viem";
import { UserError } from "#protocol/userError.ts";
import { networkOf } from "#protocol/networks/networks.ts";
import { transactionUrl } from "#node/explorerPages.ts";
import {
  type Call,
  costOf,
  type Estimate,
  estimateCall,
  type GasPrice,
  readGasPrice,
  withReserve,
} from "#client/transactions/cost.ts";
import { innermost } from "#client/errors/explain.ts";
import { reasonOf } from "./reason.ts";
import { amountText, exactText } from "#protocol/money.ts";
import type { Mined } from "./mined.ts";
import type { Session } from "./session.ts";
import { confirm } from "./terminal.ts";
import { waitFor } from "#client/transactions/waitFor.ts";

/** A transaction that is to be sent. */
export interface Step extends Call {
  /** What it does, in words. */
  does: string;
  /** How much gas it takes at most, where only the steps before it make it possible to try. */
  gasLater?: bigint;
}

/** A call that would revert. */
export class Refused extends UserError {
  readonly errorName: string | undefined;

  constructor(message: string, errorName: string | undefined, cause: unknown) {
    super(message, { cause });
    this.errorName = errorName;
  }
}

/** Ends a command that was to show only what it would do. */
export class OnlyShown extends Error {
  readonly planned: readonly (Step & Estimate)[];

  constructor(planned: readonly (Step & Estimate)[]) {
    super("Only shown.");
    this.planned = planned;
  }
}

/**
 * Tries a call, without sending it.
 *
 * @throws {Refused} if it would revert.
 */
export async function estimate(session: Session, call: Call, price: GasPrice): Promise<Estimate> {
  const account = await session.account();
  return estimateCall(session.client, account, call, price).catch((error: unknown) => {
    throw refusal(error);
  });
}

/** The same error, or what people can make of it. */
export function refusal(error: unknown): unknown {
  const reason = reasonOf(error);
  if (reason) return new Refused(`It would be refused: ${reason.says}`, reason.name, error);
  if (/insufficient funds|doesn't have enough funds/i.test(innermost(error))) {
    return new UserError(`The account has not enough native money: ${innermost(error)}`, { cause: error });
  }
  return error;
}

/**
 * Does what a command is for: tries the steps, says what they do and cost, asks, sends one after the other and waits.
 *
 * @throws {UserError} if anything speaks against it, before anything is sent where that can be known.
 */
export async function transact(session: Session, steps: readonly Step[]): Promise<Mined[]> {
  const account = await session.account();
  const price = await readGasPrice(session.client);
  const estimates: Estimate[] = [];
  for (const step of steps) {
    estimates.push(
      step.gasLater === undefined
        ? await estimate(session, step, price)
        : await costOf(session.client, step, step.gasLater, price),
    );
  }
  session.say(`As ${account} on chain ${session.chainId}:`);
  for (const [i, { does }] of steps.entries()) session.say(`  ${steps.length > 1 ? `${i + 1}. ` : ""}${does}`);
  const sum = (of: (each: Estimate) => bigint) => estimates.reduce((total, each) => total + of(each), 0n);
  const value = steps.reduce((total, step) => total + (step.value ?? 0n), 0n);
  const { native } = session;
  session.say(
    `It costs about ${exactText(
      sum((each) => each.costWei),
      native,
    )} for ${sum((each) => each.gas)} gas, and at most ${amountText(
      sum((each) => each.mostWei),
      native,
    )} if the gas price rises.`,
  );
  const balance = await session.client.getBalance({ address: account });
  const needed = value + withReserve(sum((each) => each.mostWei));
  if (balance < needed) {
    const faucet = networkOf(session.chainId)?.faucet;
    throw new UserError(
      `${account} has ${amountText(balance, native)}, and ${amountText(needed, native)} must be there, though less may be spent. Send it some first${faucet === undefined ? "" : `: ${faucet} gives some`}.`,
    );
  }
  await consent(
    session,
    "Send it?",
    steps.map((step, i) => ({ ...step, ...(estimates[i] as Estimate) })), // one for each step
  );

  const mined: Mined[] = [];
  for (const [i, step] of steps.entries()) {
    if (session.signal.aborted) throw new UserError(`Stopped before: ${step.does} Nothing more was sent.`);
    mined.push(await sendStep(session, step, i === 0 ? estimates[0] : undefined));
  }
  return mined;
}

/**
 * Asks whether to go on, unless that was said beforehand.
 *
 * @throws {UserError} if not; {OnlyShown} if nothing was to be done anyway.
 */
export async function consent(
  { options, terminal, signal }: Session,
  question: string,
  planned: readonly (Step & Estimate)[] = [],
): Promise<void> {
  if (options.dryRun) throw new OnlyShown(planned);
  if (!options.yes) await confirm(terminal, question, signal);
}

/** Tries, sends and waits for one transaction, without asking. */
export async function sendStep(session: Session, step: Step, tried?: Estimate): Promise<Mined> {
  const price = await readGasPrice(session.client);
  const { gas } = tried ?? (await estimate(session, step, price));
  const from = await session.account();
  const { to, data, value = 0n } = step;
  const nonce = await nextNonce(session, from);
  const sentAt = await session.client.getBlockNumber({ cacheTime: 0 });
  const offer = Object.fromEntries(Object.entries(price.offer).map(([name, wei]) => [name, numberToHex(wei)]));
  let hash: Hash;
  try {
    hash = (await session.provider.request({
      method: "eth_sendTransaction",
      params: [
        {
          from,
          to,
          data,
          value: numberToHex(value),
          nonce: numberToHex(nonce),
          gas: numberToHex(withReserve(gas)),
          ...offer,
        },
      ] as never,
    })) as Hash;
  } catch (error) {
    throw await sendingFailed(session, error, from, nonce);
  }
  const show = (each: Hash) => transactionUrl(session.chainId, each) ?? each;
  session.say(`Sent ${show(hash)}`);
  const receipt = await waitFor(
    { hash, from, nonce, to, data, sentAt, most: price.most },
    {
      client: session.client,
      confirmations: session.options.confirmations,
      signal: session.signal,
      say: (line) => session.say(line),
      pause: (milliseconds) => session.pause(milliseconds),
      show,
    },
  );
  const mined: Mined = {
    does: step.does,
    hash: receipt.transactionHash,
    url: transactionUrl(session.chainId, receipt.transactionHash),
    blockNumber: receipt.blockNumber,
    gasUsed: receipt.gasUsed,
    costWei: receipt.gasUsed * receipt.effectiveGasPrice,
    logs: receipt.logs,
  };
  session.mined.push(mined);
  if (receipt.status === "reverted") throw await revertedInBlock(session, step, from, receipt);
  session.say(
    `Mined in block ${mined.blockNumber} for ${amountText(mined.costWei, session.native)} (${mined.gasUsed} gas)`,
  );
  return mined;
}

/** After what the account has under way already. */
async function nextNonce(session: Session, from: Address): Promise<number> {
  const { client } = session;
  const [mined, pending] = await Promise.all([
    client.getTransactionCount({ address: from }),
    client.getTransactionCount({ address: from, blockTag: "pending" }),
  ]);
  if (pending > mined) session.say(`${pending - mined} transactions of ${from} wait already; this comes after them.`);
  return pending;
}

async function sendingFailed(session: Session, error: unknown, from: Address, nonce: number): Promise<unknown> {
  const reason = refusal(error);
  if (reason !== error) return reason;
  const told = innermost(error);
  const wasTaken = await session.client
    .getTransactionCount({ address: from, blockTag: "pending" })
    .then((next) => next > nonce)
    .catch(() => undefined);
  if (wasTaken === false) return new UserError(`It was not sent: ${told}`, { cause: error });
  return new UserError(
    `It is not known whether it was sent (${told}). See whether a transaction of ${from} with nonce ${nonce} is mined before you try again.`,
    { cause: error },
  );
}

/** Why it reverted although it did not when it was tried: somebody else was quicker. */
async function revertedInBlock(
  session: Session,
  { to, data, value = 0n }: Step,
  account: Address,
  receipt: TransactionReceipt,
) {
  const { blockNumber, transactionHash: hash } = receipt;
  const why = await session.client
    .call({ account, to, data, value, blockNumber })
    .then(() => undefined)
    .catch(reasonOf);
  return new Refused(
    `${transactionUrl(session.chainId, hash) ?? hash} was mined, but refused: ${why?.says ?? "something changed between the trial and the block. Try again."}`,
    why?.name,
    undefined,
  );
}
