import type { QueryClient } from "@tanstack/react-query";
import { type Address, type EIP1193Provider, type Hash, type Hex, isAddressEqual, numberToHex } from "viem";
import { getConnection } from "wagmi/actions";
import { UserError } from "#protocol/userError.ts";
import { isRejection } from "#client/errors/errorMessage.ts";
import { isSend, type Plan, type SendStep } from "#client/plan/plan.ts";
import { signStep } from "#client/signing/signStep.ts";
import { SignatureRefusal } from "#client/signing/verifySignature.ts";
import { prepareCall } from "#client/transactions/prepareCall.ts";
import type { GasPrice } from "#client/transactions/prices.ts";
import { offerFields, sendAtPrice } from "#client/transactions/sendAtPrice.ts";
import { follow, lookFor } from "./follow.ts";
import { isUnderWay, type Job, jobs } from "./jobs.ts";
import { type OnChain, providerOf } from "./onChain.ts";
import { errorMessage } from "./errorMessage.ts";
import { saveFile } from "./saveFile.ts";

export interface RunParameters {
  account: Address;
  plan: Plan;
  /** A key of the subject. A job with this key is not started while another one is unfinished. */
  key: string;
  /** The price of gas that the page has shown. */
  price: GasPrice | undefined;
  queries: QueryClient;
}

/** Carries out a plan step by step. It reports progress and errors through `jobs`, and never rejects. */
export async function run(on: OnChain, { account, plan, key, price, queries }: RunParameters): Promise<void> {
  if (jobs.all().some((job) => isUnderWay(job) && job.key === key)) return;
  const { chainId, ledger } = on.deployment;
  const id = crypto.randomUUID();
  jobs.add({
    id,
    key,
    title: plan.title,
    where: location.hash,
    chainId,
    ledger,
    account,
    steps: plan.steps.map(({ does }) => does),
    step: 0,
    phase: "trying",
    says: "",
    outcomes: [],
    at: Date.now(),
  });
  await withLock(id, async () => {
    await carryOut(on, { id, account, plan, price, queries });
    jobs.change(id, { phase: "done", says: "Done" });
  });
}

type CarryOutParameters = Omit<RunParameters, "key"> & { id: string };

/** Carries out the steps of a job. If a signature cannot be used, goes on with the plan that does not need it. */
async function carryOut(on: OnChain, { id, account, plan, price, queries }: CarryOutParameters): Promise<void> {
  let signature: Hex = "0x";
  for (const [step, each] of plan.steps.entries()) {
    jobs.change(id, { step, phase: "trying", says: "Checking that it can succeed" });
    const provider = await requireWallet(on, account);
    if (!isSend(each)) {
      jobs.change(id, { phase: "asking", says: "Sign the message in your wallet" });
      try {
        signature = await signStep(provider, account, each);
      } catch (error) {
        if (!(error instanceof SignatureRefusal) || !each.otherwise) throw error;
        const next = await each.otherwise();
        jobs.change(id, {
          steps: next.steps.map(({ does }) => does),
          outcomes: [{ says: `The signature cannot be used, so these steps do without it. ${error.message}` }],
        });
        return carryOut(on, { id, account, plan: next, price, queries });
      }
      continue;
    }
    await send(on, provider, { id, account, step: each, signature, agreed: price });
    await follow(on, id, { isLast: step === plan.steps.length - 1, queries });
  }
  if (plan.file) saveFile(plan.file.name, plan.file.text(signature));
}

/** Finds the transaction of a wallet that failed after sending it; undefined if it sent none. */
async function findSentTransaction(on: OnChain, id: string, error: unknown): Promise<Hash | undefined> {
  const job = jobs.of(id);
  return isRejection(error) || !job ? undefined : lookFor(on, job).catch(() => undefined);
}

interface SendParameters {
  id: string;
  account: Address;
  step: SendStep;
  signature: Hex;
  agreed: GasPrice | undefined;
}

/** The page offers the price that it has shown; the wallet may let its owner change it. */
async function send(
  on: OnChain,
  provider: EIP1193Provider,
  { id, account, step, signature, agreed }: SendParameters,
): Promise<void> {
  const { client, prices } = on.chain;
  const { to, value = 0n } = step;
  const data = typeof step.data === "function" ? step.data(signature) : step.data;
  const prepared = await prepareCall(client, account, { to, data, value }, { prices, agreed });
  const { gas, price, nonce, sentAt } = prepared;
  if (prepared.exceeds)
    throw new UserError("The gas price has risen since the cost was shown. Review the new cost, and send it again.");
  const tx = { to, data, value: String(value), nonce, sentAt: String(sentAt), most: String(price.most) };
  jobs.change(id, { phase: "asking", tx, says: "Confirm it in your wallet" });
  const request = { from: account, to, data, value: numberToHex(value), gas: numberToHex(gas) };
  const hash = await sendAtPrice({
    prices,
    price,
    send: (offer) =>
      provider.request({ method: "eth_sendTransaction", params: [{ ...request, ...offerFields(offer) }] }),
    // The wallet asks its owner again.
    accept: async ({ most, notes = [] }) =>
      jobs.change(id, { tx: { ...tx, most: String(most) }, says: `${notes.join(" ")} Confirm it in your wallet` }),
  })
    .then(({ sent }) => sent)
    .catch(async (error: unknown) => (await findSentTransaction(on, id, error)) ?? Promise.reject(error));
  on.reads.sent(hash, account, nonce);
  jobs.change(id, { phase: "sent", tx: { ...tx, hash }, says: "Waiting for a block" });
  // The wallet may have changed the nonce or the gas price.
  const transaction = await client.getTransaction({ hash }).catch(() => undefined);
  if (!transaction) return;
  const most = transaction.maxFeePerGas ?? transaction.gasPrice ?? price.most;
  jobs.change(id, { tx: { ...tx, hash, nonce: transaction.nonce, most: String(most) } });
}

/**
 * Returns the provider of the wallet.
 *
 * @throws {UserError} if the wallet is not connected, is locked, or has switched to another chain or account.
 */
async function requireWallet(on: OnChain, account: Address): Promise<EIP1193Provider> {
  const provider = await providerOf(on);
  if (!provider) throw new UserError("No wallet is connected. Connect one and try again.");
  const chainId = Number(await provider.request({ method: "eth_chainId" }));
  if (chainId !== on.deployment.chainId) {
    throw new UserError(`The wallet has switched to another network. Switch it to ${on.network.title} and try again.`);
  }
  const [first] = await provider.request({ method: "eth_accounts" });
  if (first === undefined) throw new UserError("The wallet is locked. Unlock it and try again.");
  const { address } = getConnection(on.config);
  if (!isAddressEqual(first, account) || !address || !isAddressEqual(address, account)) {
    throw new UserError(
      `The wallet has switched to another account. These steps are for ${account}. Switch back, or review the new steps.`,
    );
  }
  return provider;
}

/** The page was closed before the step of a job was sent. The message states what was sent. */
class Interruption extends UserError {}

const stepsDone = (step: number): string => (step > 0 ? ` The steps before step ${step + 1} are done.` : "");
const sentSoFar = (step: number): string => `${stepsDone(step)} Nothing ${step > 0 ? "more " : ""}was sent.`;

/** Resumes the jobs that were unfinished when the page was closed. */
export function resume(on: OnChain, queries: QueryClient): void {
  for (const job of jobs.all()) {
    const { chainId, ledger } = on.deployment;
    if (!isUnderWay(job) || job.chainId !== chainId || !isAddressEqual(job.ledger, ledger)) continue;
    void withLock(job.id, () => resumeJob(on, job, queries), { ifAvailable: true });
  }
}

async function resumeJob(on: OnChain, job: Job, queries: QueryClient): Promise<void> {
  if (job.phase === "trying" || !job.tx) {
    throw new Interruption(
      `The page was closed before ${job.step === 0 ? "anything" : `step ${job.step + 1}`} was sent.${stepsDone(job.step)} Start again.`,
    );
  }
  if (!job.tx.hash) {
    jobs.change(job.id, {
      says: "The page was closed while the wallet waited for you. Checking whether the transaction was sent",
    });
    const hash = await lookFor(on, job);
    if (!hash) {
      throw new Interruption(
        `The page was closed while the wallet waited for you, and the network has no such transaction.${stepsDone(job.step)} If the wallet still shows the request, reject it. Then start again.`,
      );
    }
    jobs.change(job.id, { phase: "sent", tx: { ...job.tx, hash } });
  }
  const isLast = job.step === job.steps.length - 1;
  await follow(on, job.id, { isLast, queries });
  if (!isLast) {
    throw new UserError(
      `Step ${job.step + 1} of ${job.steps.length} is done. The page was closed before the next step. Review the remaining steps and continue.`,
    );
  }
  jobs.change(job.id, { phase: "done", says: "Done" });
}

/** Runs work while this page holds the lock of a job, so that only one page at a time works on it. */
async function withLock(id: string, work: () => Promise<void>, options: LockOptions = {}): Promise<void> {
  const guarded = async () => {
    try {
      await work();
    } catch (error) {
      const { phase, step } = jobs.of(id) ?? { phase: "trying", step: 0 };
      const isUnsent = phase === "trying" || phase === "asking";
      const state = isUnsent && !(error instanceof Interruption) ? sentSoFar(step) : "";
      jobs.change(id, { phase: "stopped", says: `${errorMessage(error)}${state}` });
    }
  };
  // Only a page from a trusted origin has locks. On other origins no page has one, so the job runs without it.
  if (!("locks" in navigator)) return guarded();
  await navigator.locks.request(`tributary-job-${id}`, options, async (lock) => {
    if (lock) await guarded();
  });
}
