import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import type { Deployment } from "#protocol/deployment.ts";
import { createServer } from "../../indexer/api/createServer.ts";
import { peripheryFold } from "../../indexer/books/periphery/fold.ts";
import { sourceOf } from "../../indexer/journal.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { deployPeriphery, type Periphery, sitesOf } from "../../scripts/deploy/deployPeriphery.ts";
import type { AdminTimelock } from "../../types/ethers-contracts/periphery/governance/AdminTimelock.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";
import type { FillAndDie } from "../support/indexer/fillAndDie.ts";
import { savedState } from "../support/indexer/savedState.ts";

const DELAY = 60n;

describe("a book that is new to a store", function () {
  this.timeout(120_000);
  let economy: SmallEconomy;
  let periphery: Periphery;
  let timelock: AdminTimelock;
  let deployment: Deployment;
  const open: (() => Promise<unknown>)[] = [];

  before(async () => {
    economy = await startSmallEconomy();
    const { chain, tributary, source, accounts } = economy;
    timelock = await chain.ethers.deployContract("AdminTimelock", [DELAY, accounts.admin, accounts.admin]);
    periphery = await deployPeriphery(chain.ethers, tributary.ledger);
    deployment = {
      ...source,
      startBlock: Number(source.startBlock),
      periphery: await sitesOf({ ...periphery, timelock }),
    };
  });
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });
  after(() => economy?.stop());

  // Mine one by one: for blocks that are mined in bulk, the node returns wrong parents.
  const mine = async (blocks: number) => {
    for (let i = 0; i < blocks; i++) await economy.chain.ethers.provider.send("evm_mine", []);
  };
  const start = async (name: string, of: Deployment) => {
    const target = { folder: join(economy.folder, name) };
    const parameters = { rpcUrl: economy.chain.url, target, source: sourceOf(of), pollingIntervalMs: 20 };
    const indexer = await Indexer.start(parameters);
    open.push(() => indexer.stop());
    return indexer;
  };
  const stop = async (indexer: Indexer) => {
    open.pop();
    await indexer.stop();
  };
  const filled = async (indexer: Indexer) => {
    await economy.caughtUp(indexer);
    const deadline = Date.now() + 60_000;
    while ((indexer.view()?.incomplete.size ?? 1) > 0) {
      if (Date.now() > deadline) throw new Error("The book stays incomplete.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const bare = () => ({ ...deployment, periphery: {} });

  /** Opens inlets, schedules and cancels a call, and pays, over many blocks. */
  const act = async (release: number, blocks = 200) => {
    const { inlets } = periphery;
    const { dollar, accounts, pay, chain, tributary } = economy;
    const { ZeroHash: zero, id } = chain.ethers;
    await inlets.open(release);
    await mine(blocks);
    await dollar.connect(accounts.payer).transfer(await inlets.inletOf(release), 1_000n);
    await inlets.sync(release, dollar);
    const admit = tributary.ledger.interface.encodeFunctionData("admit", [await dollar.getAddress()]);
    const call = [await tributary.ledger.getAddress(), 0n, admit, zero, id(String(release))] as const;
    await timelock.schedule(...call, DELAY);
    await mine(blocks);
    await pay(3, 500n);
    await timelock.cancel(await timelock.hashOperation(...call));
  };

  /** Runs an indexer in a process that dies during one of its writes. */
  const dieFilling = async (name: string, fill: number, when: FillAndDie["when"]) => {
    const parameters: FillAndDie = {
      rpcUrl: economy.chain.url,
      folder: join(economy.folder, name),
      deployment,
      fill,
      when,
    };
    const script = join(import.meta.dirname, "../support/indexer/fillAndDie.ts");
    const child = spawn(process.execPath, [script, JSON.stringify(parameters)], { stdio: "inherit" });
    const late = setTimeout(() => child.kill(), 30_000);
    const [, signal] = (await once(child, "exit")) as [number | null, string | null];
    clearTimeout(late);
    expect(signal).to.equal("SIGKILL");
  };

  it("is filled from its own first block on, through kill -9 and a reorg, to the state of a fresh index", async () => {
    await act(1);
    const old = await start("old", bare());
    await economy.caughtUp(old);
    const ledgerBefore = savedState(old.state);
    await stop(old);

    // A reorg removes the newest blocks while the book is being filled.
    const { provider } = economy.chain.ethers;
    const snapshot = await provider.send("evm_snapshot", []);
    await act(2, 10); // fewer blocks than become final
    const further = await start("old", bare());
    await economy.caughtUp(further);
    await stop(further);
    await dieFilling("old", 1, "before");
    await dieFilling("old", 2, "after");
    await dieFilling("old", 1, "after");
    await provider.send("evm_revert", [snapshot]);
    await provider.send("evm_increaseTime", [60]); // otherwise the same blocks would be made again
    await mine(30);
    await dieFilling("old", 1, "before");
    await dieFilling("old", 1, "after");

    const live = await start("old", deployment);
    await filled(live);
    expect(savedState(live.state)).to.deep.equal(ledgerBefore);
    await act(3);
    await economy.caughtUp(live);
    const fresh = await start("fresh", deployment);
    await economy.caughtUp(fresh);
    expect(savedState(live.state)).to.deep.equal(savedState(fresh.state));
    const states = [live, fresh].map((indexer) => indexer.view()?.states.of(peripheryFold) ?? {});
    expect(savedState(states[0] ?? {})).to.deep.equal(savedState(states[1] ?? {}));
    expect(
      fresh
        .view()
        ?.states.of(peripheryFold)
        .inlets.values.map(({ release }) => release),
    ).to.deep.equal([1, 3]);
    for (const indexer of [live, fresh]) {
      const { differing, differences } = await indexer.verify();
      expect([differing, differences]).to.deep.equal([0, []]);
    }
  });

  it("answers questions once it is complete", async () => {
    const indexer = await start("answers", deployment);
    await filled(indexer);
    const server: FastifyInstance = await createServer(indexer);
    open.push(() => server.close());
    const get = async (path: string) =>
      (await server.inject(`/v1${path}`)).json<{ data: Record<string, unknown> }>().data;
    const inlet = (await periphery.inlets.inletOf(3)).toLowerCase();
    await economy.dollar.connect(economy.accounts.payer).transfer(inlet, 25n);
    const answer = await get(`/inlets/${inlet}`);
    expect(answer).to.deep.include({ inlet, release: 3, assetName: "agent" });
    expect(answer.synced).to.have.lengthOf(1);
    expect(answer.synced).to.have.nested.property("[0].amount.amount", "1000");
    expect(answer.observed).to.have.nested.property("currencies[0].amount", "25");
    const governance = await get("/governance");
    expect(governance).to.deep.include({
      timelock: deployment.periphery.timelock?.address.toLowerCase(),
      minDelay: String(DELAY),
      proposers: [economy.accounts.admin.address.toLowerCase()],
      anyoneExecutes: true,
    });
    const calls = governance.calls as { state: string; decoded: { signature: string } }[];
    expect(calls.map(({ state, decoded }) => [state, decoded.signature])).to.deep.equal([
      ["cancelled", "admit(address)"],
      ["cancelled", "admit(address)"],
    ]);
  });

  it("is refused by name if no book follows its contract", async () => {
    const unknown = {
      ...deployment,
      periphery: { ...deployment.periphery, pools: { address: deployment.ledger, fromBlock: 1 } },
    };
    const refusal = await start("unknown", unknown).then(
      () => "started",
      (error: Error) => error.message,
    );
    expect(refusal).to.contain("does not know: pools");
  });
});
