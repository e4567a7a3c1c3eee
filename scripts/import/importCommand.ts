import { countText } from "#client/acts/collecting/countText.ts";
import { refusalFor } from "#client/errors/refusal.ts";
import { mayBuildOn } from "#client/preview/preview.ts";
import { withReserve } from "#client/transactions/cost.ts";
import { transactionUrl } from "#node/explorerPages.ts";
import { progressBar } from "#node/progressBar.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { amountText, percentText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import { LOCAL_CHAIN_ID } from "../deploy/localMoney.ts";
import type { Command } from "../participant/command.ts";
import type { Session } from "../participant/session.ts";
import { requireConsent } from "../participant/transact.ts";
import { checkOwners } from "./checkOwners.ts";
import { decideNames } from "./decideNames.ts";
import { describeImport, summarizeImport, undecidedText } from "./describeImport.ts";
import { estimateImport, type ImportEstimate } from "./estimateImport.ts";
import { importLineage, type ImportProgress } from "./importLineage.ts";
import { importWork } from "./importWork.ts";
import { matchNames } from "./matchNames.ts";
import { type NameDecisions, readDecisions } from "./nameDecisions.ts";
import { LocalOwners, readOwners } from "./owners.ts";
import { at, DEFAULT_IMPORT_OPTIONS, type ImportPlan, parseKindWeights, planImport } from "./planImport.ts";
import { readLineage } from "./readLineage.ts";
import { readRegistry } from "./readRegistry.ts";
import { waitForPending } from "./waitForPending.ts";

export interface ImportOptions {
  file: string;
  owners: string | undefined;
  custodian: string | undefined;
  /** File of decisions about names. */
  matches: string | undefined;
  upstreamPpm: number;
  kindWeights: string;
  /** Confirmations of a release before another is built on it. 0 stands for the default of the chain. */
  depth: number;
  batchGas: number;
}

const PUBLIC_CHAIN_CONFIRMATIONS = 3;
/** The cap of a transaction's gas (EIP-7825) is twice this. */
const LARGEST_BATCH_GAS = 8_000_000;

/** Registers the assets of a lineage file: shows the plan, asks, sends, and resumes what was interrupted. */
export const importCommand: Command<ImportOptions> = async (session, options) => {
  const { chain, deployment, signal } = session;
  const planOptions = readPlanOptions(options);
  const lineage = await readLineage(options.file);
  const isLocal = chain.chainId === LOCAL_CHAIN_ID;
  const usesOwnersFile = options.owners !== undefined || options.custodian !== undefined || !isLocal;
  const ownerOf = usesOwnersFile ? await readOwners(options.owners, options.custodian) : new LocalOwners().ownerOf;
  const given = await readDecisions(options.matches);
  const account = await session.account();
  const confirmations = options.depth || (isLocal ? 1 : PUBLIC_CHAIN_CONFIRMATIONS);

  const report = (line: string) => session.print(line);
  await waitForPending({ client: chain.client, account, report, signal });
  const { startBlock } = deployment;
  const registered = await readRegistry({ chain, startBlock, signal });
  const head = Number(await chain.client.getBlockNumber({ cacheTime: 0 }));
  const matching = { lineage, registered, account, confirmedBlock: head - confirmations + 1 };
  const match = (decisions: NameDecisions) =>
    matchNames({ ...matching, decisions, placeholderKind: planOptions.placeholderKind });

  let names = match(given);
  const planWith = () => planImport(lineage, planOptions, names.resolution);
  // Refuses assets without an owner, and owners that can never act, before it asks about names.
  importWork({ plan: planWith(), ownerOf, account, registered });
  const checking = { provider: session.provider, deployment, plan: planWith(), ownerOf, importer: account };
  const ownerWarnings = usesOwnersFile ? await checkOwners(checking) : [];
  if (names.undecided.length > 0 && !session.options.dryRun) {
    names = match(await decideNames({ session, undecided: names.undecided, given, file: options.matches }));
  }
  const plan = planWith();
  const work = importWork({ plan, ownerOf, account, registered });
  await requireBuildable(session, plan);
  const summary = summarizeImport({ plan, names, work, ownerOf, custodian: options.custodian });
  const batchGas = await batchGasOf(session, options.batchGas);
  const estimate = await estimateImport({ chain, account, plan, work, batchGas, confirmations });
  if (work.tasks.length > 0) {
    const { lines, warnings } = describeImport(summary, estimate);
    session.print(`Import of ${options.file} by ${account} on chain ${chain.chainId}:`);
    for (const line of lines) session.print(`  ${line}`);
    if (names.undecided.length > 0) session.print("Must be decided; counted as placeholders here:");
    for (const line of names.undecided.flatMap(undecidedText)) session.print(`  ${line}`);
    for (const warning of [...ownerWarnings, ...warnings]) session.print(`Warning: ${warning}`);
    session.print(costLine(session, estimate));
    await requireConsent(session, "Register it?", [{ ...summary, ...estimate }]);
    await requireNative(session, estimate);
  } else if (session.options.dryRun) await requireConsent(session, "", [{ ...summary, ...estimate }]);

  const bar = progressBar("registering", "{eta_formatted} left, {note}");
  let first: { done: number; atMs: number } | undefined;
  const { made, transactions, gas, costWei } = await importLineage({
    chain,
    provider: session.provider,
    account,
    startBlock,
    plan,
    ownerOf,
    confirmations,
    batchGas,
    report,
    signal,
    onProgress: (progress) => {
      first ??= { done: progress.done, atMs: Date.now() };
      bar.update(progress.done, progress.total, progressNote(session, progress, first));
    },
    onMined: ({ transactionHash: hash, blockNumber, gasUsed, effectiveGasPrice, logs }, tasks) => {
      const does = `Import ${countText(tasks, "step")}.`;
      const url = transactionUrl(chain.chainId, hash);
      session.mined.push({ does, hash, url, blockNumber, gasUsed, costWei: gasUsed * effectiveGasPrice, logs });
    },
  }).finally(bar.stop);

  const assets = plan.filter(({ first: isFirst, asset }) => isFirst && !asset.existing).length;
  session.print(
    `${countText(assets, "asset")} with ${countText(summary.releases, "release")} are registered. This run sent ${countText(transactions, "transaction")}, for ${amountText(costWei, chain.native)} (${gas} gas).`,
  );
  return { assets, releases: summary.releases, made, transactions, gas, costWei };
};

function readPlanOptions({ upstreamPpm, kindWeights }: ImportOptions) {
  if (upstreamPpm < 0 || upstreamPpm > WHOLE_PPM) throw new UserError(`--upstream-ppm must be 0 to ${WHOLE_PPM}.`);
  return { ...DEFAULT_IMPORT_OPTIONS, upstreamPpm, kindWeights: parseKindWeights(kindWeights) };
}

/** Returns the gas of one batch, at most a third of a block's. */
async function batchGasOf({ chain }: Session, wanted: number): Promise<number> {
  if (wanted < 1 || wanted > LARGEST_BATCH_GAS) {
    throw new UserError(`--batch-gas must be 1 to ${LARGEST_BATCH_GAS}.`);
  }
  const { gasLimit } = await chain.client.getBlock();
  return Math.min(wanted, Math.floor(Number(gasLimit) / 3));
}

/** @throws {UserError} if an asset on the ledger does not let others build on it with the weight of the plan. */
async function requireBuildable(session: Session, plan: ImportPlan): Promise<void> {
  const { chain } = session;
  const least = new Map<number, { weight: number; name: string }>();
  for (const { contributions } of plan) {
    for (const { entry, weightPpm } of contributions) {
      const { existing, name } = at(plan, entry).asset;
      if (!existing) continue;
      const weight = Math.min(weightPpm, least.get(existing.release)?.weight ?? WHOLE_PPM);
      least.set(existing.release, { weight, name });
    }
  }
  if (least.size === 0 || !chain.deployment.periphery.preview) return;
  const account = await session.account();
  for (const [release, { weight, name }] of least) {
    const { allowed, reason, leastWeight } = await mayBuildOn(chain, { release, account, asset: undefined });
    if (!allowed) {
      const { message } = refusalFor(reason, { release });
      throw new UserError(`"${name}" is release ${release} on the ledger, which cannot be built on: ${message}`);
    }
    if (leastWeight > weight) {
      throw new UserError(
        `"${name}" is release ${release} on the ledger, whose floor asks for a weight of ${percentText(leastWeight)}, but the plan gives it ${percentText(weight)}. Raise --upstream-ppm, or leave it out in --matches.`,
      );
    }
  }
}

function costLine({ chain: { native } }: Session, { costWei, mostWei, gas, seconds }: ImportEstimate): string {
  return `The gas costs about ${amountText(costWei, native)} (${gas} gas), and at most ${amountText(mostWei, native)} if the gas price rises. It takes about ${durationText(seconds)}.`;
}

/** @throws {UserError} if the account cannot pay for the whole import: half a lineage helps nobody. */
async function requireNative(session: Session, { costWei }: ImportEstimate): Promise<void> {
  const { chain } = session;
  const balance = await chain.client.getBalance({ address: await session.account() });
  const needed = withReserve(costWei);
  if (balance >= needed) return;
  throw new UserError(
    `The account has ${amountText(balance, chain.native)}, but the whole import needs about ${amountText(needed, chain.native)}, with a reserve for a higher gas price. Send it some first. Nothing was sent.`,
  );
}

function progressNote({ chain }: Session, progress: ImportProgress, first: { done: number; atMs: number }): string {
  const { done, total, transactions, costWei } = progress;
  const made = done - first.done;
  const leftMs = made > 0 ? ((Date.now() - first.atMs) / made) * (total - done) : undefined;
  const left = leftMs === undefined ? "" : `about ${durationText(Math.ceil(leftMs / 1_000))} left, `;
  const cost = amountText(fourDigits(costWei), chain.native);
  const suffix = `${countText(transactions, "transaction")}, ${cost} so far`;
  return process.stderr.isTTY ? suffix : left + suffix;
}

function fourDigits(amount: bigint): bigint {
  const unit = 10n ** BigInt(Math.max(0, String(amount).length - 4));
  return (amount / unit) * unit;
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, seconds)} s`;
  return seconds < 3_600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
