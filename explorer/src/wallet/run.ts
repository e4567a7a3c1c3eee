import type { QueryClient } from "@tanstack/react-query";
import { type Address, type EIP1193Provider, type Hash, type Hex, isAddressEqual, numberToHex } from "viem";
import { getConnection } from "wagmi/actions";
import { UserError } from "#protocol/userError.ts";
import { isRejection } from "#client/errors/errorMessage.ts";
import { isSend, type Plan, type SendStep } from "#client/plan/plan.ts";
import { signTypedData } from "#client/signing/typedData.ts";
import { prepareCall } from "#client/transactions/prepareCall.ts";
import { follow, lookFor } from "./follow.ts";
import { isUnderWay, type Job, jobs } from "./jobs.ts";
import { type OnChain, providerOf } from "./onChain.ts";
import { errorMessage } from "./errorMessage.ts";
import { saveFile } from "./saveFile.ts";

export interface RunParameters {
  account: Address;
  plan: Plan;
  /** A key of its subject: the same is not begun twice. */
  key: string;
  queries: QueryClient;
}

/** Carries out a plan, one step after the other. The jobs tell its progress; it never rejects. */
export async function run(on: OnChain, { account, plan, key, queries }: RunParameters): Promise<void> {
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
  await owning(id, async () => {
    let signature: Hex = "0x";
    for (const [step, each] of plan.steps.entries()) {
      jobs.change(id, { step, phase: "trying", says: "Seeing that it can be done" });
      const provider = await requireWallet(on, account);
      if (!isSend(each)) {
        jobs.change(id, { phase: "asking", says: "Sign the message in your wallet" });
        signature = await signTypedData(provider, account, each.message);
        continue;
      }
      await send(on, provider, { id, account, step: each, signature });
      await follow(on, id, { isLast: step === plan.steps.length - 1, queries });
    }
    if (plan.file) saveFile(plan.file.name, plan.file.text(signature));
    jobs.change(id, { phase: "done", says: "Done" });
  });
}

/** A wallet that fails may have sent it before. */
async function sentAnyway(on: OnChain, id: string, error: unknown): Promise<Hash | undefined> {
  const job = jobs.of(id);
  return isRejection(error) || !job ? undefined : lookFor(on, job).catch(() => undefined);
}

async function send(
  on: OnChain,
  provider: EIP1193Provider,
  { id, account, step, signature }: { id: string; account: Address; step: SendStep; signature: Hex },
): Promise<void> {
  const { client } = on.chain;
  const { to, value = 0n } = step;
  const data = typeof step.data === "function" ? step.data(signature) : step.data;
  const { gas, price, nonce, sentAt } = await prepareCall(client, account, { to, data, value });
  const tx = { to, data, value: String(value), nonce, sentAt: String(sentAt), most: String(price.most) };
  jobs.change(id, { phase: "asking", tx, says: "Confirm it in your wallet" });
  const asked = { from: account, to, data, value: numberToHex(value), gas: numberToHex(gas) };
  const hash = await provider
    .request({ method: "eth_sendTransaction", params: [asked] })
    .catch(async (error: unknown) => (await sentAnyway(on, id, error)) ?? Promise.reject(error));
  jobs.change(id, { phase: "sent", tx: { ...tx, hash }, says: "Waiting for a block" });
  // The wallet may have chosen otherwise.
  const sent = await client.getTransaction({ hash }).catch(() => undefined);
  if (!sent) return;
  const most = sent.maxFeePerGas ?? sent.gasPrice ?? price.most;
  jobs.change(id, { tx: { ...tx, hash, nonce: sent.nonce, most: String(most) } });
}

/** @throws {UserError} unless the wallet is there, on the chain, with the account that all was shown for. */
async function requireWallet(on: OnChain, account: Address): Promise<EIP1193Provider> {
  const provider = await providerOf(on);
  if (!provider) throw new UserError("No wallet is connected. Connect it, and try again.");
  const chainId = Number(await provider.request({ method: "eth_chainId" }));
  if (chainId !== on.deployment.chainId) {
    throw new UserError(`The wallet is on another network now. Switch it to ${on.network.title}, and try again.`);
  }
  const [first] = await provider.request({ method: "eth_accounts" });
  if (first === undefined) throw new UserError("The wallet is locked. Unlock it, and try again.");
  const { address } = getConnection(on.config);
  if (!isAddressEqual(first, account) || !address || !isAddressEqual(address, account)) {
    throw new UserError(`The wallet's account was switched meanwhile: this was shown for ${account}. Look again.`);
  }
  return provider;
}

/** Takes up what was under way when the page was left. */
export function resume(on: OnChain, queries: QueryClient): void {
  for (const job of jobs.all()) {
    const { chainId, ledger } = on.deployment;
    if (!isUnderWay(job) || job.chainId !== chainId || !isAddressEqual(job.ledger, ledger)) continue;
    void owning(job.id, () => goOn(on, job, queries), { ifAvailable: true });
  }
}

async function goOn(on: OnChain, job: Job, queries: QueryClient): Promise<void> {
  if (job.phase === "trying" || !job.tx) {
    throw new UserError("The page was left before anything was sent.");
  }
  if (!job.tx.hash) {
    jobs.change(job.id, { says: "The page was left while the wallet asked. Seeing whether it was sent" });
    const hash = await lookFor(on, job);
    if (!hash) {
      throw new UserError(
        "The page was left while the wallet asked, and the network knows of no transaction. If the wallet still asks, decline there before you try again.",
      );
    }
    jobs.change(job.id, { phase: "sent", tx: { ...job.tx, hash } });
  }
  const isLast = job.step === job.steps.length - 1;
  await follow(on, job.id, { isLast, queries });
  if (!isLast) {
    throw new UserError(
      `Step ${job.step + 1} of ${job.steps.length} is done. The page was left before the next: look again, and go on.`,
    );
  }
  jobs.change(job.id, { phase: "done", says: "Done" });
}

/** One page at a time has a job in hand. */
async function owning(id: string, work: () => Promise<void>, options: LockOptions = {}): Promise<void> {
  const guarded = async () => {
    try {
      await work();
    } catch (error) {
      const { phase, step } = jobs.of(id) ?? { phase: "trying", step: 0 };
      const unsent = phase === "trying" || phase === "asking";
      const what =
        step > 0 ? ` What came before step ${step + 1} is done; nothing more was sent.` : " Nothing was sent.";
      jobs.change(id, { phase: "stopped", says: `${errorMessage(error)}${unsent ? what : ""}` });
    }
  };
  // Only a page from a trusted origin has locks; elsewhere there is nobody to share with.
  if (!("locks" in navigator)) return guarded();
  await navigator.locks.request(`tributary-job-${id}`, options, async (lock) => {
    if (lock) await guarded();
  });
}
