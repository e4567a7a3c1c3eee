import { type Address, type Hash, type Hex, numberToHex } from "viem";
import { innermost } from "#client/errors/explain.ts";
import { refusal } from "#client/errors/refused.ts";
import { type CallStep, isSend, type Plan } from "#client/plan/plan.ts";
import { type PlanCost, type TriedStep, tryPlan } from "#client/plan/tryPlan.ts";
import { signTypedData } from "#client/signing/typedData.ts";
import type { Estimate } from "#client/transactions/cost.ts";
import { prepareCall } from "#client/transactions/prepareCall.ts";
import { waitFor } from "#client/transactions/waitFor.ts";
import { whyReverted } from "#client/transactions/whyReverted.ts";
import { transactionUrl } from "#node/explorerPages.ts";
import { writeNew } from "#node/files.ts";
import { amountText, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Mined } from "./mined.ts";
import type { Session } from "./session.ts";
import { confirm } from "./terminal.ts";

/** Ends a command that was to show only what it would do. */
export class OnlyShown extends Error {
  readonly planned: readonly TriedStep[];

  constructor(planned: readonly TriedStep[]) {
    super("Only shown.");
    this.planned = planned;
  }
}

/**
 * Carries out a plan: tries it, says what it does and costs, asks, then signs, sends and follows one step after the other.
 *
 * @throws {UserError} if anything speaks against it, before anything is sent where that can be known.
 */
export async function transact(session: Session, plan: Plan): Promise<Mined[]> {
  const { steps, notes = [], warnings = [], file } = plan;
  if (steps.length === 0) {
    for (const note of notes) session.say(note);
    return [];
  }
  const account = await session.account();
  const cost = await tryPlan(session.chain, account, plan);
  session.say(`As ${account} on chain ${session.chain.chainId}:`);
  for (const [i, { does }] of steps.entries()) session.say(`  ${steps.length > 1 ? `${i + 1}. ` : ""}${does}`);
  for (const note of notes) session.say(note);
  for (const warning of warnings) session.say(`Warning: ${warning}`);
  session.say(costLine(session, cost));
  await consent(session, cost.sends.length > 0 ? "Send it?" : "Sign it?", cost.sends);

  const mined: Mined[] = [];
  let signature: Hex = "0x";
  for (const [i, step] of steps.entries()) {
    if (session.signal.aborted) throw new UserError(`Stopped before: ${step.does} Nothing more was sent.`);
    if (!isSend(step)) {
      signature = await signTypedData(session.provider, account, step.message);
      continue;
    }
    const data = typeof step.data === "function" ? step.data(signature) : step.data;
    mined.push(await sendStep(session, { ...step, data }, i === 0 ? cost.sends[0] : undefined));
  }
  if (file) {
    await writeNew(file.name, file.text(signature));
    session.say(`Written to ${file.name}.`);
  }
  return mined;
}

function costLine({ chain: { native } }: Session, { gas, costWei, mostWei, sends }: PlanCost): string {
  if (sends.length === 0) return "It costs nothing: it is only signed.";
  return `It costs about ${exactText(costWei, native)} for ${gas} gas, and at most ${amountText(mostWei, native)} if the gas price rises.`;
}

/**
 * Asks whether to go on, unless that was said beforehand.
 *
 * @throws {UserError} if not; {OnlyShown} if nothing was to be done anyway.
 */
export async function consent(
  { options, terminal, signal }: Session,
  question: string,
  planned: readonly TriedStep[] = [],
): Promise<void> {
  if (options.dryRun) throw new OnlyShown(planned);
  if (!options.yes) await confirm(terminal, question, signal);
}

/** Tries, sends and follows one transaction, without asking. */
export async function sendStep(session: Session, step: CallStep, tried?: Estimate): Promise<Mined> {
  const { client, chainId, native } = session.chain;
  const from = await session.account();
  const { to, data, value = 0n } = step;
  const { gas, price, nonce, waiting, sentAt } = await prepareCall(client, from, { to, data, value }, tried);
  if (waiting > 0) session.say(`${waiting} transactions of ${from} wait already; this comes after them.`);
  const offer = Object.fromEntries(Object.entries(price.offer).map(([name, wei]) => [name, numberToHex(wei)]));
  let hash: Hash;
  try {
    hash = (await session.provider.request({
      method: "eth_sendTransaction",
      params: [
        { from, to, data, value: numberToHex(value), nonce: numberToHex(nonce), gas: numberToHex(gas), ...offer },
      ] as never,
    })) as Hash;
  } catch (error) {
    throw await sendingFailure(session, error, from, nonce);
  }
  const show = (each: Hash) => transactionUrl(chainId, each) ?? each;
  session.say(`Sent ${show(hash)}`);
  const receipt = await waitFor(
    { hash, from, nonce, to, data, sentAt, most: price.most },
    {
      client,
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
    url: transactionUrl(chainId, receipt.transactionHash),
    blockNumber: receipt.blockNumber,
    gasUsed: receipt.gasUsed,
    costWei: receipt.gasUsed * receipt.effectiveGasPrice,
    logs: receipt.logs,
  };
  session.mined.push(mined);
  if (receipt.status === "reverted") throw await whyReverted(client, { from, to, data, value }, receipt.blockNumber);
  session.say(`Mined in block ${mined.blockNumber} for ${amountText(mined.costWei, native)} (${mined.gasUsed} gas)`);
  return mined;
}

/** Finds out what can be said of a transaction that the node did not take, or seems not to have. */
async function sendingFailure({ chain }: Session, error: unknown, from: Address, nonce: number): Promise<unknown> {
  const reason = refusal(error);
  if (reason instanceof UserError) return reason;
  const message = innermost(error);
  const wasTaken = await chain.client
    .getTransactionCount({ address: from, blockTag: "pending" })
    .then((next) => next > nonce)
    .catch(() => undefined);
  if (wasTaken === false) return new UserError(`It was not sent: ${message}`, { cause: error });
  return new UserError(
    `It is not known whether it was sent (${message}). See whether a transaction of ${from} with nonce ${nonce} is mined before you try again.`,
    { cause: error },
  );
}
