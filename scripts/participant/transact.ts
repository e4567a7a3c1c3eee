import { type Address, type Hash, type Hex, numberToHex } from "viem";
import { countText } from "#client/acts/collecting/countText.ts";
import { asSentence, innermostMessage } from "#client/errors/explain.ts";
import { toUserError } from "#client/errors/refusal.ts";
import { type CallStep, isSend, type Plan } from "#client/plan/plan.ts";
import { type ProposedCall, proposalText, proposedCalls, withoutMessages } from "#client/plan/proposal.ts";
import { type PlanCost, simulatePlan } from "#client/plan/simulatePlan.ts";
import { signStep } from "#client/signing/signStep.ts";
import { SignatureRefusal } from "#client/signing/verifySignature.ts";
import type { Estimate } from "#client/transactions/cost.ts";
import { gasTextOf } from "#client/transactions/gasText.ts";
import { prepareCall } from "#client/transactions/prepareCall.ts";
import type { GasPrice } from "#client/transactions/prices.ts";
import { offerFields, sendAtPrice } from "#client/transactions/sendAtPrice.ts";
import { waitFor } from "#client/transactions/waitFor.ts";
import { whyReverted } from "#client/transactions/whyReverted.ts";
import { transactionUrl } from "#node/explorerPages.ts";
import { writeNewFile } from "#node/files.ts";
import { classifyFailure, describeFailure } from "#protocol/failures/failure.ts";
import { amountText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { MinedTransaction } from "./minedTransaction.ts";
import type { Session } from "./session.ts";
import { confirm } from "./terminal.ts";

/** Ends a command after a dry run. */
export class DryRunEnd extends Error {
  readonly planned: readonly object[];

  constructor(planned: readonly object[]) {
    super("Dry run.");
    this.planned = planned;
  }
}

/** Ends a command after its transactions were written to a file. */
export class ProposalEnd extends Error {
  readonly file: string;
  readonly transactions: readonly ProposedCall[];

  constructor(file: string, transactions: readonly ProposedCall[]) {
    super("Proposed.");
    this.file = file;
    this.transactions = transactions;
  }
}

/**
 * Carries out a plan: simulates it, prints its steps and its cost, asks for confirmation, then signs, sends and follows one
 * step after the other. If the contracts would refuse a signature, it goes on with the plan that does not need it, if there
 * is one.
 *
 * @throws {UserError} if a step cannot be carried out; before anything is sent, if that can be known then.
 * @throws {ProposalEnd} if `--propose` is given: nothing is signed or sent then.
 */
export async function transact(session: Session, given: Plan): Promise<MinedTransaction[]> {
  const { propose } = session.options;
  const plan = propose === undefined ? given : await withoutMessages(given);
  const { steps, notes = [], warnings = [], file } = plan;
  if (steps.length === 0) {
    for (const note of notes) session.print(note);
    if (propose !== undefined) session.print(`There is nothing to propose, so ${propose} was not written.`);
    return [];
  }
  const account = await session.account();
  const isWallet = await session.isContractWallet();
  const paysGas = propose === undefined && !isWallet;
  const cost = await simulatePlan(session.chain, account, plan, { paysGas });
  session.print(`Account ${account} on chain ${session.chain.chainId}:`);
  for (const [i, { does }] of steps.entries()) session.print(`  ${steps.length > 1 ? `${i + 1}. ` : ""}${does}`);
  for (const note of notes) session.print(note);
  for (const warning of warnings) session.print(`Warning: ${warning}`);
  session.print(costLine(session, cost));
  for (const note of cost.price?.notes ?? []) session.print(note);
  if (!paysGas && cost.sends.length > 0) session.print("Whoever executes the transactions pays the gas.");
  if (propose !== undefined && !session.options.dryRun) return writeProposal(session, plan, propose);
  if (isWallet && !session.options.dryRun) return writeUnsigned(session, plan);
  await requireConsent(session, cost.sends.length > 0 ? "Send it?" : "Sign it?", cost.sends);

  const mined: MinedTransaction[] = [];
  let signature: Hex = "0x";
  for (const [i, step] of steps.entries()) {
    if (session.signal.aborted) throw new UserError(`Stopped before this step: ${step.does} Nothing more was sent.`);
    if (!isSend(step)) {
      try {
        signature = await signStep(session.provider, account, step);
      } catch (error) {
        if (!(error instanceof SignatureRefusal) || !step.otherwise) throw error;
        session.print(`The signature cannot be used. ${error.message}`);
        session.print("Going on in another way, without that signature.");
        return [...mined, ...(await transact(session, await step.otherwise()))];
      }
      continue;
    }
    const data = typeof step.data === "function" ? step.data(signature) : step.data;
    const estimate = i === 0 ? cost.sends[0] : undefined;
    mined.push(await sendStep(session, { ...step, data }, { estimate, agreed: cost.price }));
  }
  if (file) {
    await writeNewFile(file.name, file.text(signature));
    session.print(`Wrote ${file.name}.`);
  }
  return mined;
}

/** Writes the transactions of a plan to a file, for a contract wallet. */
async function writeProposal(session: Session, plan: Plan, file: string): Promise<never> {
  const account = await session.account();
  const form = session.options.plain ? "plain" : "safe";
  await writeNewFile(file, proposalText({ chainId: session.chain.chainId, account, plan, form }));
  throw new ProposalEnd(file, proposedCalls(plan));
}

/**
 * Writes a message for a contract wallet to a file, without a signature.
 *
 * @throws {UserError} if the plan sends transactions, which this network cannot do for a contract wallet.
 */
async function writeUnsigned(session: Session, { steps, file }: Plan): Promise<MinedTransaction[]> {
  if (!file || steps.some(isSend)) await session.requireSender();
  else {
    await writeNewFile(file.name, file.text("0x"));
    session.print(
      `Wrote ${file.name}, without a signature: ${await session.account()} is a contract wallet. Its owners sign the message that the file holds as typedData with the wallet's own app. Then put that signature into the file, in place of 0x.`,
    );
  }
  return [];
}

function costLine({ chain: { native } }: Session, { costWei, mostWei, sends }: PlanCost): string {
  if (sends.length === 0) return "It costs nothing: a message is only signed, and nothing is sent.";
  return `The gas costs about ${amountText(costWei, native)} (${gasTextOf(sends)}), and at most ${amountText(mostWei, native)} if the gas price rises.`;
}

/**
 * Asks for confirmation, unless `--yes` is given.
 *
 * @throws {UserError} if the answer is not yes.
 * @throws {DryRunEnd} if `--dry-run` is given.
 */
export async function requireConsent(
  { options, terminal, signal }: Session,
  question: string,
  planned: readonly object[] = [],
): Promise<void> {
  if (options.dryRun) throw new DryRunEnd(planned);
  if (!options.yes) await confirm(terminal, question, signal);
}

export interface SendStepParameters {
  /** The result of a simulation just before. Default: the step is simulated here. */
  estimate?: Estimate | undefined;
  /** The price that the person agreed to. The person is asked again if it costs more. Default: any. */
  agreed?: GasPrice | undefined;
  /** Called before more is offered than the node's suggestion. Throws if it shall not be. */
  accept?: (raised: GasPrice) => void;
}

/** Simulates, sends and follows one transaction. Asks only if it costs more than was agreed to. */
export async function sendStep(
  session: Session,
  step: CallStep,
  { estimate, agreed, accept }: SendStepParameters = {},
): Promise<MinedTransaction> {
  const { client, chainId, native, prices } = session.chain;
  const from = await session.account();
  const { to, data, value = 0n } = step;
  const call = { to, data, value };
  const prepared = await prepareCall(client, from, call, { estimate, prices, agreed });
  const { gas, nonce, pending, sentAt } = prepared;
  if (pending > 0)
    session.print(
      `${from} has ${countText(pending, "pending transaction")}. This one is mined after ${pending === 1 ? "it" : "them"}.`,
    );
  const acceptRaised = async (raised: GasPrice) => {
    accept?.(raised);
    for (const note of raised.notes ?? []) session.print(`  ${note}`);
    if (agreed && raised.most > agreed.most) await askForMore(session, agreed, raised, gas);
  };
  if (prepared.exceeds) await acceptRaised({ ...prepared.price, notes: ["The gas price has risen."] });
  const request = { from, to, data, value: numberToHex(value), nonce: numberToHex(nonce), gas: numberToHex(gas) };
  const { sent: hash, price } = await sendAtPrice({
    prices,
    price: prepared.price,
    accept: acceptRaised,
    send: (offer) =>
      session.provider.request({
        method: "eth_sendTransaction",
        params: [{ ...request, ...offerFields(offer) }] as never,
      }) as Promise<Hash>,
  }).catch(async (error: unknown) => {
    throw await sendingFailure(session, error, from, nonce);
  });
  const show = (each: Hash) => transactionUrl(chainId, each) ?? each;
  session.print(`Sent ${show(hash)}`);
  const receipt = await waitFor(
    { hash, from, nonce, to, data, sentAt, most: price.most },
    {
      client,
      confirmations: session.options.confirmations,
      signal: session.signal,
      report: (line) => session.print(line),
      pause: (milliseconds) => session.pause(milliseconds),
      show,
    },
  );
  const mined: MinedTransaction = {
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
  session.print(`Mined in block ${mined.blockNumber} for ${amountText(mined.costWei, native)} (${mined.gasUsed} gas)`);
  return mined;
}

/** Asks again, unless `--yes` is given: the transaction may cost more than was shown. */
async function askForMore(
  { chain, options, terminal, signal }: Session,
  agreed: GasPrice,
  raised: GasPrice,
  gas: bigint,
): Promise<void> {
  if (options.yes) return;
  const [before, after] = [agreed, raised].map(({ most }) => amountText(most * gas, chain.native));
  const question = `The gas of this transaction costs at most ${after}, not ${before} as agreed. Send it?`;
  if (!(await terminal.ask(question, signal))) throw new UserError("Not confirmed. This transaction was not sent.");
}

/** Returns the error for a transaction that the node refused, or did not confirm that it took. */
async function sendingFailure({ chain }: Session, error: unknown, from: Address, nonce: number): Promise<unknown> {
  const reason = toUserError(error);
  if (reason instanceof UserError) return reason;
  const message = innermostMessage(error);
  const failure = classifyFailure(error);
  // A node that already knows the transaction may have it from this run.
  if (failure.kind === "nonceUsed" && !/already known/i.test(message))
    return new UserError(`This transaction was not sent. ${describeFailure(failure)}`, { cause: error });
  const wasTaken = await chain.client
    .getTransactionCount({ address: from, blockTag: "pending" })
    .then((next) => next > nonce)
    .catch(() => undefined);
  if (wasTaken === false)
    return new UserError(
      `The node did not take the transaction, so nothing was sent: ${asSentence(message)} Try again.`,
      { cause: error },
    );
  return new UserError(
    `The node failed while the transaction was sent (${message}), so it may or may not have been sent. Check whether a transaction of ${from} with nonce ${nonce} is mined before you try again.`,
    { cause: error },
  );
}
