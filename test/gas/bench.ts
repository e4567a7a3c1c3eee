// Measures one transaction for each budget of the ledger, in steady state: every counter that the work touches was
// touched before, allowances are finite, the currency is OpenZeppelin's ERC-20. Fails when a budget is exceeded.
//
//   npm run bench:gas                    prints the table
//   npm run bench:gas -- --json FILE     also writes [{name, gas, budget}]
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type ContractTransactionResponse, toUtf8Bytes } from "ethers";
import hre from "hardhat";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { type Contribution, registerAsset, releaseDraft } from "../support/assets.ts";

const { values: options } = parseArgs({ options: { json: { type: "string" } } });

await hre.tasks.getTask("build").run({ quiet: true });
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

const gasOf = async (sent: Promise<ContractTransactionResponse>) => (await (await sent).wait())?.gasUsed ?? 0n;
const holding = (account: string) => [{ account, role: 0, shares: 100_000_000n }];

/** A chain of releases above `root`, each built on the one before; ids descending from the newest. */
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

const rows: { name: string; gas: number; budget: number }[] = [];
const record = (name: string, budget: number, gas: bigint) => rows.push({ name, gas: Number(gas), budget });

const parents: bigint[] = [];
for (let i = 0; i < 10; i++) {
  parents.push(await registerAsset(tributary, owner, { allocations: holding(holder.address) }));
}
const built = await registerAsset(tributary, owner, { contributions: equal(parents, 600_000) });
const asset = { kind: 0, keep: 0, metadata: toUtf8Bytes("m".repeat(300)), allocations: holding(holder.address) };
const draft = (contributions: Contribution[]) => ({
  ...releaseDraft({ contributions, label: "2.0" }),
  digest: ethers.id("weights"),
});

record(
  "register an asset with its first release",
  172_000,
  await gasOf(registry.connect(owner).register(owner, asset, draft([]))),
);
for (const [count, budget] of [
  [2, 75_000],
  [10, 150_000],
] as const) {
  record(
    `publish a release with ${count} contributions`,
    budget,
    await gasOf(registry.connect(owner).publish(built, draft(equal(parents.slice(0, count), 600_000)))),
  );
}

const eleven = await chainOf(11);
const [top, ...ancestors] = eleven;
if (top === undefined) throw new Error("The chain is empty.");
const payTop = (settled: bigint[]) => ledger.connect(payer).payAndSettle(top, currency, price, reference, settled);
await gasOf(payTop(eleven));
record(
  "pay a fee, whatever the ancestry",
  60_000,
  await gasOf(ledger.connect(payer).pay(top, currency, price, reference)),
);
record("pay from credit", 41_000, await gasOf(ledger.connect(payer).payFromCredit(top, currency, price, reference)));
await gasOf(payTop(eleven));
const payRoot = () => ledger.connect(payer).payAndSettle(parents[0]!, currency, price, reference, [parents[0]!]);
await gasOf(payRoot());
record("pay and settle the paid release, no contributions", 70_000, await gasOf(payRoot()));
await gasOf(payTop(eleven));
const through10 = await gasOf(payTop(eleven));
const through9 = await gasOf(payTop(eleven.slice(0, 10)));
const through8 = await gasOf(payTop(eleven.slice(0, 9)));
record("pay and move it through 10 ancestors", 212_000, through10);
record("one more hop", 14_500, through9 - through8);

const payBuilt = () => ledger.connect(payer).payAndSettle(built, currency, price, reference, [built]);
await gasOf(payBuilt());
record("pay and settle a release with 10 contributions", 130_000, await gasOf(payBuilt()));

const last = ancestors[0]!;
await currency.mint(holder, 1n);
await gasOf(ledger.connect(holder).claim([last], currency, holder));
await gasOf(ledger.claimToCredit(holder, [last], currency));
await gasOf(payTop(eleven));
record(
  "claim one asset's income to a wallet",
  54_000,
  await gasOf(ledger.connect(holder).claim([last], currency, holder)),
);
await gasOf(payTop(eleven));
await gasOf(ledger.claimToCredit(holder, [last], currency));
await gasOf(payTop(eleven));
record("claim one asset's income to credit", 43_000, await gasOf(ledger.claimToCredit(holder, [last], currency)));

const give = (amount: bigint) => ledger.connect(holder).safeTransferFrom(holder, friend, last, amount, "0x");
await gasOf(give(10n));
await gasOf(payTop(eleven));
record("transfer shares, one admitted currency", 62_000, await gasOf(give(10n)));

console.log(`${"work".padEnd(52)}${"gas".padStart(9)}${"budget".padStart(10)}`);
for (const { name, gas, budget } of rows) {
  const verdict = gas > budget ? "  EXCEEDED" : "";
  console.log(
    `${name.padEnd(52)}${gas.toLocaleString("en").padStart(9)}${budget.toLocaleString("en").padStart(10)}${verdict}`,
  );
}
if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`);
const exceeded = rows.filter(({ gas, budget }) => gas > budget);
if (exceeded.length > 0) {
  console.error(`${exceeded.length} of ${rows.length} budgets exceeded.`);
  process.exitCode = 1;
}
