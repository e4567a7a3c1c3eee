import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { BaseWallet } from "ethers";
import { type Address, createPublicClient, custom } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { claimPlanCalls } from "../../indexer/graph/plans/claimPlanCalls.ts";
import { claimPlans } from "../../indexer/graph/plans/claimPlans.ts";
import { traceAllFees, traceFee } from "../../indexer/graph/fees/traceFee.ts";
import { finish } from "../../indexer/scheduling/walk.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { claimableAt, projectedBooks } from "../../indexer/graph/settled/projectedBooks.ts";
import { creditOf, flowOf, incomeOf, type LedgerState } from "../../indexer/ledger/state.ts";
import { everHeld, sharesHeld } from "../support/economy/holders.ts";
import { statementOf } from "../support/indexer/statementOf.ts";
import { savedState } from "../support/indexer/savedState.ts";
import { skip } from "../support/skip.ts";
import { portionDown } from "#protocol/split.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { LOCAL_CHAIN_ID } from "../../scripts/deploy/localMoney.ts";
import { deployTestCurrencies } from "../support/economy/testCurrencies.ts";
import { deployTributary, type Tributary } from "../../scripts/deploy/deployTributary.ts";
import { importLineage } from "../../scripts/import/importLineage.ts";
import { LocalOwners, type OwnerOf } from "../../scripts/import/owners.ts";
import { readLineage } from "../../scripts/import/readLineage.ts";
import { type ImportPlan, planImport } from "../../scripts/import/planImport.ts";
import type { TestCurrency } from "../../types/ethers-contracts/doubles/TestCurrency.ts";
import { chainReader } from "../support/economy/chainReader.ts";
import { differences } from "../support/economy/differences.ts";

/** 634 real assets. The file is outside the project: without it, this test is skipped with a message. */
const ECOSYSTEM = join(import.meta.dirname, "../../../shared/data/ecosystem.json");
const FEES = 1_000;
const SEED = 7;

describe("a real ecosystem, end to end", function () {
  this.timeout(600_000);
  const random = seededRandom(SEED);
  const owners = new LocalOwners();
  let chain: LocalChain;
  let tributary: Tributary;
  let currencies: [TestCurrency, TestCurrency];
  let addresses: Address[];
  let plan: ImportPlan;
  let indexer: Indexer;
  let folder: string;

  /** Gives every third asset to three organizations' accounts, in uneven parts. */
  const ownerOf: OwnerOf = (asset) => {
    const { owner } = owners.ownerOf(asset);
    if (asset.name.length % 3 !== 0) return owners.ownerOf(asset);
    const second = owners.walletOf({ organization: "Labellers United" }).address;
    const third = owners.walletOf({ organization: "Compute Commons" }).address;
    return {
      owner,
      contributors: [
        { account: owner, role: "training", shares: 33_333_333n },
        { account: second, role: "labelling", shares: 66_666_666n },
        { account: third, role: "compute", shares: 1n },
      ],
    };
  };

  const startIndexer = async (name: string) => {
    const { registry, ledger, startBlock } = tributary;
    return Indexer.start({
      rpcUrl: chain.url,
      target: { folder: join(folder, name) },
      source: {
        chainId: LOCAL_CHAIN_ID,
        registry: (await registry.getAddress()) as Address,
        ledger: (await ledger.getAddress()) as Address,
        startBlock: BigInt(startBlock),
      },
      pollingIntervalMs: 50,
    });
  };
  const caughtUp = async () => {
    await indexer.waitForBlock(BigInt(await chain.ethers.provider.getBlockNumber()));
    return indexer.state;
  };
  const matchesTheContracts = async (state: LedgerState) => {
    const { compared, differing } = await differences(
      state,
      chainReader(chain.url, (await tributary.ledger.getAddress()) as Address),
    );
    expect(differing).to.deep.equal([]);
    return compared;
  };

  before(async function () {
    if (!existsSync(ECOSYSTEM)) skip(this, `the ecosystem's data is not at ${ECOSYSTEM}.`);
    folder = await mkdtemp(join(tmpdir(), "tributary-"));
    chain = await startLocalChain();
    const [deployer, commons] = await chain.ethers.getSigners();
    if (!deployer || !commons) throw new Error("The chain has no accounts.");
    currencies = await deployTestCurrencies(chain.ethers);
    addresses = await Promise.all(currencies.map(async (each) => (await each.getAddress()).toLowerCase() as Address));
    tributary = await deployTributary(chain.ethers, { admin: deployer, commonsBeneficiary: commons, currencies });
    plan = planImport(await readLineage(ECOSYSTEM));
    indexer = await startIndexer("live");
  });

  after(async () => {
    await indexer?.stop();
    await chain?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  it("imports every asset once, although it is interrupted twice", async () => {
    const [signer] = await chain.ethers.getSigners();
    if (!signer) throw new Error("The chain has no accounts.");
    const { registry, ledger, startBlock } = tributary;
    const contracts = {
      registry: (await registry.getAddress()) as Address,
      ledger: (await ledger.getAddress()) as Address,
    };
    const client = createPublicClient({ transport: custom(chain.provider, { retryCount: 0 }) });
    const run = async (stopAfter?: number) => {
      const interrupt = new AbortController();
      return importLineage({
        chain: new Chain({ client, deployment: { chainId: LOCAL_CHAIN_ID, ...contracts, periphery: {} } }),
        provider: chain.provider,
        account: signer.address as Address,
        startBlock,
        plan,
        ownerOf,
        batchGas: 2_000_000,
        signal: interrupt.signal,
        onProgress: ({ done }) => {
          if (stopAfter !== undefined && done >= stopAfter) interrupt.abort(new Error("interrupted"));
        },
      });
    };
    for (const stopAfter of [40, plan.length - 3]) {
      const outcome = await run(stopAfter).then(
        () => "finished",
        (error: Error) => error.message,
      );
      expect(outcome).to.contain("The import was interrupted");
    }
    await run();
    const again = await run();
    expect(again.transactions).to.equal(0);

    const state = await caughtUp();
    const names = [...state.assets.values()].map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(names).to.have.members(plan.filter(({ first }) => first).map(({ asset }) => asset.name));
    expect([names.length, state.releases.size]).to.deep.equal([634 + 237, plan.length]);
    for (const { asset } of plan) {
      const registered = [...state.assets.values()].find(({ name }) => name === asset.name);
      expect(registered?.owner).to.equal(ownerOf(asset).owner.toLowerCase());
    }
  });

  it(`follows ${FEES} fees, settlements, claims and sales, and equals the contracts to the base unit`, async () => {
    const { ledger } = tributary;
    const { ethers } = chain;
    const [deployer, , ...payers] = (await ethers.getSigners()).slice(0, 7);
    if (!deployer) throw new Error("The chain has no accounts.");
    for (const currency of currencies) {
      for (const payer of payers) {
        await currency.mint(payer, 10n ** 27n);
        await currency.connect(payer).approve(ledger, 2n ** 256n - 1n);
        await ledger.connect(payer).deposit(currency, 10n ** 25n, payer);
      }
    }
    const wallets = [...owners.wallets.values()];
    for (const wallet of wallets) {
      await ethers.provider.send("hardhat_setBalance", [wallet.address, "0x56bc75e2d63100000"]);
    }
    const signing = (wallet: BaseWallet) => wallet.connect(ethers.provider);
    const releases = plan.length;
    const someReleases = () => Array.from({ length: random.between(1, 12) }, () => random.between(1, releases));
    const assetIds = [...indexer.state.assets.keys()];

    for (let i = 0; i < FEES; i++) {
      const currency = random.pick(currencies);
      const payer = random.pick(payers);
      // Mostly small fees: rounding must not lose money.
      const amount = BigInt(random.between(1, 10 ** random.between(1, 12)));
      const release = random.between(1, releases);
      const reference = ethers.zeroPadValue(ethers.toBeHex(i), 32);
      const ways = [
        () => ledger.connect(payer).pay(release, currency, amount, reference),
        () => ledger.connect(payer).payFromCredit(release, currency, amount, reference),
        () => ledger.connect(payer).payAndSettle(release, currency, amount, reference, [release, ...someReleases()]),
      ];
      await random.pick(ways)();
      if (i % 3 === 0) await ledger.connect(payer).settle(someReleases(), currency);
      if (i % 10 === 0) {
        const wallet = random.pick(wallets);
        const account = wallet.address.toLowerCase() as Address;
        const held = sharesHeld(indexer.state, account);
        if (held.length > 0) {
          const [asset, shares] = random.pick(held);
          const part = BigInt(random.between(0, Number(shares)));
          const to = random.pick([...wallets.map(({ address }) => address), payer.address]);
          await ledger
            .connect(signing(wallet))
            .safeTransferFrom(wallet.address, to, asset, part, "0x")
            .catch(() => {
              // The indexer may lag behind a sale. The contract then refuses to sell the same shares again.
            });
        }
      }
      if (i % 7 === 0) {
        const wallet = random.pick(wallets);
        const assets = Array.from({ length: 6 }, () => random.pick(assetIds));
        await (i % 2 === 0
          ? ledger.connect(signing(wallet)).claim(assets, currency, wallet.address)
          : ledger.connect(payer).claimToCredit(wallet.address, assets, currency));
      }
      if (i % 50 === 0) await ledger.sweepCommons(assetIds.slice(0, 200), currency);
    }
    const state = await caughtUp();
    expect(state.fees.length).to.equal(FEES);
    const compared = await matchesTheContracts(state);
    console.log(`      ${compared} figures compared, all equal`);
  });

  it("predicts to the base unit what everyone can claim after settling in any order", async () => {
    const state = await caughtUp();
    const foretold = new Map<string, bigint>();
    for (const currency of addresses) {
      const settled = projectedBooks(state, currency);
      for (const [account, assets] of everHeld(state)) {
        for (const asset of assets) {
          const amount = claimableAt(
            state,
            account,
            asset,
            currency,
            settled.income.get(state.assets.rowOf(asset) ?? -1),
          );
          foretold.set(`${currency} ${account} ${asset}`, amount);
        }
      }
    }
    const fullySettled = addresses.map((currency) => projectedBooks(state, currency).received.save() as BigUint64Array);

    // First one account, by its plan only.
    const [first] =
      [...everHeld(state)].find(([each]) => finish(claimPlans(state, each)).some((it) => it.releases.length > 3)) ?? [];
    if (!first) throw new Error("No account has something to settle.");
    for (const due of finish(claimPlans(state, first, { all: true }))) {
      const { currency, releases, assets, amount } = due;
      const { provider } = chain.ethers;
      const before: unknown = await provider.send("evm_snapshot", []);
      await provider.send("hardhat_impersonateAccount", [first]);
      await provider.send("hardhat_setBalance", [first, "0x56bc75e2d63100000"]);
      // Each call counts on those before it.
      for (const { functionName, to, data, gas } of finish(claimPlanCalls(state, first, due))) {
        const sent = await (await provider.getSigner(first)).sendTransaction({ to, data });
        const used = Number((await sent.wait())?.gasUsed);
        expect(gas / used, `${functionName}: ${gas} for ${used} gas`).to.be.within(0.9, 1.15);
      }
      await provider.send("evm_revert", [before]);
      await tributary.ledger.settle(releases, currency);
      expect(await tributary.ledger.claimable(first, assets, currency)).to.equal(amount - due.fromCredit);
    }

    const order = random.shuffle([...state.releases.keys()]);
    for (const currency of addresses) {
      for (let moving = true; moving;) {
        const before = await chain.ethers.provider.getBlockNumber();
        for (let i = 0; i < order.length; i += 150) {
          await tributary.ledger.settle(order.slice(i, i + 150), currency);
        }
        const events = await tributary.ledger.queryFilter(tributary.ledger.filters.Settled(), before + 1);
        moving = events.length > 0;
      }
    }
    const after = await caughtUp();
    await matchesTheContracts(after);
    for (const [i, currency] of addresses.entries()) {
      for (const id of after.releases.keys()) {
        const flow = flowOf(after, id, currency);
        expect(flow.received).to.equal(fullySettled[i]?.[2 * (id - 1)] ?? 0n);
        expect(flow.settled).to.equal(flow.received);
      }
      for (const [account, assets] of everHeld(after)) {
        for (const asset of assets) {
          const { income } = incomeOf(after, asset, currency);
          expect(claimableAt(after, account, asset, currency, income)).to.equal(
            foretold.get(`${currency} ${account} ${asset}`),
          );
        }
      }
    }
  });

  it("traces fees so that all traces add up to the ledger's totals", async () => {
    const state = await caughtUp();
    for (const currency of addresses) {
      const received = new Map<number, bigint>();
      const traced: string[] = [];
      for (const { fee, trace } of traceAllFees(state, currency)) {
        for (const hop of trace.hops) received.set(hop.release, (received.get(hop.release) ?? 0n) + hop.received);
        traced.push(fee.id);
      }
      expect(traced.length).to.be.greaterThan(FEES / 3);
      for (const id of state.releases.keys()) {
        expect(received.get(id) ?? 0n).to.equal(flowOf(state, id, currency).received);
      }
    }
    for (const fee of random.shuffle([...state.fees]).slice(0, 20)) {
      const { assets, hops, pending } = finish(traceFee(state, fee));
      const kept = assets.reduce((sum, due) => sum + due.kept, 0n);
      expect(kept + pending).to.equal(fee.amount);
      expect(hops[0]?.received).to.equal(fee.amount);
    }
  });

  it("lets everyone withdraw everything; the rest is covered, and no more than law 4 allows", async () => {
    const { ledger } = tributary;
    const state = await caughtUp();
    const [stranger] = (await chain.ethers.getSigners()).slice(-1);
    for (const [i, currency] of addresses.entries()) {
      for (const [account, assets] of everHeld(state)) {
        await ledger.connect(stranger).claimToCredit(account, [...assets], currency);
      }
      await ledger.sweepCommons([...state.assets.keys()], currency);
      const after = await caughtUp();
      let owed = 0n;
      for (const account of after.accounts.addresses.values) owed += creditOf(after, account, currency);
      const balance = await currencies[i]?.balanceOf(ledger);
      if (balance === undefined) throw new Error("The currency is gone.");
      const edges = after.releases.edgeCount;
      const pairs = [...everHeld(after)].reduce((sum, [, assets]) => sum + assets.length, 0);
      const bound = BigInt(edges + after.releases.size + after.assets.size + pairs);
      expect(balance >= owed, "the balance covers the credits").to.equal(true);
      expect(balance - owed <= bound, `${balance - owed} units are nobody's, ${bound} may be`).to.equal(true);
      for (const asset of after.assets.keys()) {
        const { income, commonsSwept } = incomeOf(after, asset, currency);
        expect(commonsSwept).to.equal(portionDown(income, after.commonsPpm));
      }
    }
    await matchesTheContracts(await caughtUp());
  });

  it("reaches the same state from the journal alone and from a new index", async () => {
    const live = await caughtUp();
    const fresh = await startIndexer("fresh");
    await fresh.waitForBlock(indexer.block?.number ?? 0n);
    expect(savedState(fresh.state)).to.deep.equal(savedState(live));
    const { number } = indexer.block ?? { number: 0n };
    await indexer.stop();
    indexer = await startIndexer("live");
    await indexer.waitForBlock(number);
    expect(savedState(indexer.state)).to.deep.equal(savedState(live));
    await fresh.stop();
    const [[someone] = []] = everHeld(live);
    if (someone) expect(statementOf(indexer.state, someone)).to.deep.equal(statementOf(live, someone));
  });
});
