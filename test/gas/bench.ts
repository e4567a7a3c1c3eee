// Measures one transaction for each budget of the ledger, in steady state: every counter that the work touches was
// touched before, allowances are finite, the currency is OpenZeppelin's ERC-20. Beside each figure stands the limit: what
// no design can avoid for the same calldata, logs and slots. Fails when a budget or a goal is exceeded, or when a figure
// is not the one in the snapshot.
//
//   npm run bench:gas                    prints the table
//   npm run bench:gas -- --update        takes the figures as the new snapshot
//   npm run bench:gas -- --json FILE     also writes [{name, value, unit, ratio, goal}], the ratio to the limit
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type ContractTransactionResponse } from "ethers";
import hre from "hardhat";
import { deployPeriphery } from "../../scripts/deploy/deployPeriphery.ts";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import type { Figure } from "../bench/figure.ts";
import { type Contribution, registerAsset, releaseDraft } from "../support/economy/assets.ts";
import { gasLimitOf, type Touched } from "./limit.ts";

const SNAPSHOT = join(import.meta.dirname, "snapshot.json");
/** The most that paying, and one more hop, may cost beyond the limit. */
const RATIO_GOAL = 1.15;

interface Row {
  name: string;
  gas: number;
  budget: number;
  limit: number;
}

const { values: options } = parseArgs({
  options: { json: { type: "string" }, update: { type: "boolean", default: false } },
});

await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
const { ethers } = await hre.network.create();
const [admin, commons, owner, payer, holder, friend] = await ethers.getSigners();
if (!admin || !commons || !owner || !payer || !holder || !friend) throw new Error("The node gave too few accounts.");

const currency = await ethers.deployContract("TestCurrency", ["Dollar", "USD", 6]);
const tributary = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [currency] });
const { registry, ledger } = tributary;
const price = 1_000_000n;
const reference = ethers.id("request");

await currency.mint(payer, price * 1_000_000n);
await currency.connect(payer).approve(ledger, price * 900_000n);
await ledger.connect(payer).deposit(currency, price * 1_000n, payer);

const rows: Row[] = [];

async function measure(sent: Promise<ContractTransactionResponse>, touched: Touched = {}) {
  const transaction = await sent;
  const receipt = await transaction.wait();
  if (!receipt) throw new Error(`Transaction ${transaction.hash} was not mined.`);
  return { gas: Number(receipt.gasUsed), limit: gasLimitOf(transaction, receipt, touched) };
}

async function record(name: string, budget: number, touched: Touched, sent: Promise<ContractTransactionResponse>) {
  rows.push({ name, budget, ...(await measure(sent, touched)) });
}

const holding = (account: string) => [{ account, role: 0, shares: 100_000_000n }];

/** A chain of releases, each built on the one before; ids descending from the newest. */
async function chainOf(length: number): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let i = 0; i < length; i++) {
    const contributions = ids[0] === undefined ? [] : [{ release: ids[0], weight: 500_000 }];
    ids.unshift(await registerAsset(tributary, owner!, { contributions, allocations: holding(holder!.address) }));
  }
  return ids;
}
const equal = (releases: bigint[], total: number): Contribution[] =>
  releases.map((release) => ({ release, weight: Math.floor(total / releases.length) }));

// ------------------------------------------------------------------------------------------------------ the registry

const parents: bigint[] = [];
for (let i = 0; i < 10; i++) {
  parents.push(await registerAsset(tributary, owner, { allocations: holding(holder.address) }));
}
const [root] = parents;
if (root === undefined) throw new Error("There is no root.");
const built = await registerAsset(tributary, owner, { contributions: equal(parents, 600_000) });
const asset = { kind: 0, keep: 0, metadata: "m".repeat(300), allocations: holding(holder.address) };
const draft = (contributions: Contribution[]) => ({
  ...releaseDraft({ contributions, label: "2.0" }),
  digest: ethers.id("weights"),
});

await record(
  "register an asset with its first release",
  172_000,
  // The ledger; the count, the owner's tokens; the release, the shares, the metadata's digest, the owner.
  { accounts: 1, updates: 2, creates: 4 },
  registry.connect(owner).register(owner, asset, draft([])),
);
for (const [count, budget, furtherSlots] of [
  [2, 75_000, 0],
  [10, 150_000, 2],
] as const) {
  await record(
    `publish a release with ${count} contributions`,
    budget,
    // The ledger; the asset's owner, its first release, those named; the count; the release and its further edges.
    { accounts: 1, reads: 2 + count, updates: 1, creates: 1 + furtherSlots },
    registry.connect(owner).publish(built, draft(equal(parents.slice(0, count), 600_000))),
  );
}

// ------------------------------------------------------------------------------------------------ paying and settling

/** The currency; two balances, the allowance, and what the release received. */
const PAY = { accounts: 1, updates: 4 };

const eleven = await chainOf(11);
const [top, last] = [eleven[0], eleven.at(-1)];
if (top === undefined || last === undefined) throw new Error("The chain is empty.");
const payTop = (settled: bigint[]) => ledger.connect(payer).payAndSettle(top, currency, price, reference, settled);
await measure(payTop(eleven));
await record(
  "pay a fee, whatever the ancestry",
  60_000,
  PAY,
  ledger.connect(payer).pay(top, currency, price, reference),
);
await record(
  "pay from credit",
  41_000,
  { updates: 2 },
  ledger.connect(payer).payFromCredit(top, currency, price, reference),
);
await measure(payTop(eleven));
const payRoot = () => ledger.connect(payer).payAndSettle(root, currency, price, reference, [root]);
await measure(payRoot());
// The release; its asset's income.
const SETTLE_ROOT = { accounts: 1, reads: 1, updates: PAY.updates + 1 };
await record("pay and settle the paid release, no contributions", 70_000, SETTLE_ROOT, payRoot());

/** Releases settled, each with its income, and one receipt fewer, since the first is paid and the last passes nothing. */
const settling = (releases: number, passing: number) => ({
  accounts: 1,
  reads: releases,
  updates: PAY.updates + releases + passing,
});
await measure(payTop(eleven));
await record("pay and move it through 10 ancestors", 212_000, settling(11, 10), payTop(eleven));
const through9 = await measure(payTop(eleven.slice(0, 10)), settling(10, 10));
const through8 = await measure(payTop(eleven.slice(0, 9)), settling(9, 9));
rows.push({
  name: "one more hop",
  budget: 14_500,
  gas: through9.gas - through8.gas,
  limit: through9.limit - through8.limit,
});

const payBuilt = () => ledger.connect(payer).payAndSettle(built, currency, price, reference, [built]);
await measure(payBuilt());
await record(
  "pay and settle a release with 10 contributions",
  130_000,
  // The release and its two further slots; its income and ten receipts.
  { accounts: 1, reads: 3, updates: PAY.updates + 11 },
  payBuilt(),
);

// ------------------------------------------------------------------------------------------------ claiming and shares

await currency.mint(holder, 1n);
const claim = () => ledger.connect(holder).claim([last], currency, holder);
const claimToCredit = () => ledger.claimToCredit(holder, [last], currency);
await measure(claim());
await measure(claimToCredit());
await measure(payTop(eleven));
await record(
  "claim one asset's income to a wallet",
  54_000,
  // The currency; the shares, the income; the holding, two balances.
  { accounts: 1, reads: 2, updates: 3 },
  claim(),
);
await measure(payTop(eleven));
await measure(claimToCredit());
await measure(payTop(eleven));
await record("claim one asset's income to credit", 43_000, { reads: 2, updates: 2 }, claimToCredit());

const give = () => ledger.connect(holder).safeTransferFrom(holder, friend, last, 10n, "0x");
await measure(give());
await measure(payTop(eleven));
await record(
  "transfer shares, one admitted currency",
  62_000,
  // The receiver's code; how many currencies, which, the income; two holdings, two balances.
  { accounts: 1, reads: 3, updates: 4 },
  give(),
);

// ---------------------------------------------------------------------------------------------- recipients without calls

const { inlets, outlets } = await deployPeriphery(ethers, ledger);
const inlet = await inlets.inletOf(root);
const outlet = await outlets.outletOf(friend);
const shared = await registerAsset(tributary, owner, {
  allocations: [inlet, outlet].map((account) => ({ account, role: 0, shares: 50_000_000n })),
});
const paySharedFee = () => ledger.connect(payer).payAndSettle(shared, currency, price, reference, [shared]);
await currency.mint(friend, 1n);

await record(
  "open an outlet",
  // The factory's code, the account asked about, the new one; the list of dead ends, the admitted currencies.
  88_000,
  { accounts: 3, reads: 2, deployedBytes: 0x2d + 32 },
  outlets.open(friend),
);
const pass = () => outlets.connect(payer).pass(friend, [shared], currency);
await measure(paySharedFee());
await measure(pass());
await measure(paySharedFee());
await record(
  "pass one asset's income through an outlet",
  82_000,
  // The outlet, its code, the ledger, the currency; the shares, the income, if it is admitted; the holding, the outlet's
  // credit, two balances; the outlet's own balance.
  { accounts: 4, reads: 4, updates: 4 },
  pass(),
);
const collectInlet = () => inlets.connect(payer).collect(root, [shared], currency);
await measure(collectInlet());
await measure(paySharedFee());
await record(
  "have an inlet collect one asset's income",
  126_000,
  // The inlet, its code, the ledger, the currency; the shares, the income; the holding, the credit, two balances, the
  // allowance, what the release received.
  { accounts: 4, reads: 2, updates: 6 },
  collectInlet(),
);

// ----------------------------------------------------------------------------------------------------------- the table

const number = (value: number, width: number) => value.toLocaleString("en").padStart(width);
console.log(
  `${"work".padEnd(52)}${"gas".padStart(9)}${"budget".padStart(10)}${"limit".padStart(10)}${"ratio".padStart(7)}`,
);
const faults: string[] = [];
for (const { name, gas, budget, limit } of rows) {
  const ratio = gas / limit;
  console.log(
    `${name.padEnd(52)}${number(gas, 9)}${number(budget, 10)}${number(limit, 10)}${ratio.toFixed(3).padStart(7)}`,
  );
  if (gas > budget) faults.push(`"${name}" exceeds its budget of ${budget} by ${gas - budget}.`);
  const hasGoal = name.startsWith("pay a fee") || name === "one more hop";
  if (hasGoal && ratio > RATIO_GOAL) faults.push(`"${name}" costs more than ${RATIO_GOAL} of its limit.`);
}

if (options.json) {
  const written = rows.map(({ name, gas, budget, limit }) => {
    return { name, value: gas, unit: "gas", ratio: gas / limit, goal: { most: budget / limit } } satisfies Figure;
  });
  await writeFile(options.json, `${JSON.stringify(written, null, 2)}\n`);
}
const figures = Object.fromEntries(rows.map(({ name, gas }) => [name, gas]));
if (options.update) await writeFile(SNAPSHOT, `${JSON.stringify(figures, null, 2)}\n`);
const snapshot = JSON.parse(await readFile(SNAPSHOT, "utf8")) as Record<string, number>;
for (const name of new Set([...Object.keys(snapshot), ...Object.keys(figures)])) {
  const [was, is] = [snapshot[name], figures[name]];
  if (was !== is) faults.push(`"${name}" was ${was ?? "not there"} and is ${is ?? "gone"}.`);
}
if (faults.length > 0) {
  console.error(`${faults.join("\n")}\nIf that is meant: npm run bench:gas -- --update`);
  process.exitCode = 1;
}
