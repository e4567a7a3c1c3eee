import { join } from "node:path";
import { expect } from "chai";
import { openPostgres } from "../../indexer/store/postgresDriver.ts";
import { openStore, schemaOf } from "../../indexer/store/openStore.ts";
import { freePort } from "../support/rpc/freePort.ts";
import { NO_POSTGRES, startPostgres, type TestPostgres } from "../support/indexer/postgres.ts";
import { skip } from "../support/skip.ts";
import { runIndexer, type RunningIndexer, until, writeDeploymentFile } from "../support/indexer/runIndexer.ts";
import { expectedTables, storedLogs, storedTables } from "../support/indexer/storedTables.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";

const SEED = Number(process.env.SEED ?? 7);
const ROUNDS = Number(process.env.ROUNDS ?? 6);
const [INDEX_PORT, ON_PRIMARY] = [await freePort(), await freePort()];
const ON_REPLICA = [await freePort(), await freePort()];
const PORTS = [INDEX_PORT, ...ON_REPLICA, ON_PRIMARY];
const ASKED = ["fees", "assets", "releases", "currencies", "ledger", "releases/3/weights", "assets/1"];

const ask = async (port: number, path: string) =>
  (await (await fetch(`http://127.0.0.1:${port}${path}`)).json()) as { block: { hash: string } | null };

describe("one writer and several readers, over a primary and its replica", function () {
  this.timeout(600_000);
  let postgres: TestPostgres | undefined;
  let replicaUrl: string;
  let economy: SmallEconomy;
  let deployment: string;
  const running = new Map<number, RunningIndexer>();

  before(async function () {
    postgres = await startPostgres();
    if (!postgres) skip(this, `${NO_POSTGRES}.`);
    replicaUrl = (await postgres.startReplica()).url;
    economy = await startSmallEconomy();
    deployment = await writeDeploymentFile(join(economy.folder, "deployment.json"), economy.source);
  });
  after(async () => {
    for (const { child } of running.values()) child.kill("SIGKILL");
    await economy?.stop();
    await postgres?.stop();
  });

  const start = (port: number) => {
    const database = ON_REPLICA.includes(port) ? replicaUrl : (postgres?.url ?? "");
    const shared = ["--deployment", deployment, "--database", database, "--port", String(port)];
    const follows = port === INDEX_PORT ? ["index", "--rpc", economy.chain.url] : ["serve"];
    running.set(port, runIndexer(...follows, ...shared));
  };
  const serving = (port: number) => running.get(port)?.says(`Serving the API at http://127.0.0.1:${port}`);
  /** Waits until all are at the chain's newest block, and returns their common answers. */
  const converged = async () => {
    const head = await economy.chain.ethers.provider.getBlock("latest");
    for (const port of PORTS) {
      const atHead = async () => (await ask(port, "/health").catch(() => undefined))?.block?.hash === head?.hash;
      await until(`${port} holds at block ${head?.number}`, atHead, () => {
        const { child, output } = running.get(port) ?? {};
        return child?.exitCode !== null && child?.exitCode !== undefined && (output?.() ?? "");
      });
    }
    const [said, ...others] = await Promise.all(
      PORTS.map(async (port) => Promise.all(ASKED.map((question) => ask(port, `/v1/${question}`)))),
    );
    for (const other of others) expect(other).to.deep.equal(said);
    for (const answer of said ?? []) expect(answer.block?.hash).to.equal(head?.hash);
    return said;
  };
  const send = (method: string, params: unknown[] = []) => economy.chain.ethers.provider.send(method, params);
  const reorg = async (lost: () => Promise<unknown>, kept: () => Promise<unknown>) => {
    const snapshot = (await send("evm_snapshot")) as string;
    await lost();
    await send("evm_revert", [snapshot]);
    await send("evm_increaseTime", [60]); // otherwise the same transactions would make the same blocks
    await kept();
  };

  it("give the same answers as the chain advances and after reorgs", async () => {
    await economy.pay(3, 1_000n);
    start(INDEX_PORT);
    await running.get(INDEX_PORT)?.says("caught up");
    for (const port of PORTS.slice(1)) start(port);
    for (const port of PORTS) await serving(port);
    const first = await converged();
    await economy.pay(3, 2_000n);
    await economy.tributary.ledger.settle([3, 2, 1], economy.dollar);
    const second = await converged();
    expect(second).not.to.deep.equal(first);
    await reorg(
      async () => {
        await economy.pay(3, 4_000n);
        await economy.pay(2, 5_000n);
        await converged();
      },
      () => economy.pay(1, 6_000n),
    );
    const third = await converged();
    expect(JSON.stringify(third)).to.contain('"6000"').and.not.to.contain('"5000"');
  });

  it(`lose nothing and repeat nothing when killed at random moments (seed ${SEED})`, async () => {
    const random = seededRandom(SEED);
    const upTo = (most: number) => random.between(0, most - 1);
    for (let round = 0; round < ROUNDS; round++) {
      const victim = round % 2 === 0 ? INDEX_PORT : (PORTS[1 + upTo(PORTS.length - 1)] ?? ON_PRIMARY);
      const pays = async () => {
        for (let i = 0; i <= upTo(12); i++) await economy.pay(1 + upTo(3), BigInt(1 + upTo(1_000_000)));
        await economy.tributary.ledger.settle([3, 2, 1], economy.dollar);
      };
      const busy = round % 3 === 2 ? reorg(pays, pays) : pays();
      await new Promise((resolve) => setTimeout(resolve, upTo(400)));
      const killed = running.get(victim);
      killed?.child.kill("SIGKILL");
      await killed?.ended;
      start(victim);
      // Some processes are killed while they start.
      if (random.next() < 0.4) {
        await new Promise((resolve) => setTimeout(resolve, upTo(5_000)));
        running.get(victim)?.child.kill("SIGKILL");
        await running.get(victim)?.ended;
        start(victim);
      }
      await busy;
    }
    await converged();

    const indexer = await economy.startIndexer("fresh");
    await economy.caughtUp(indexer);
    await economy.stopIndexer(indexer);
    const reopened = await openStore({ folder: join(economy.folder, "fresh") }, economy.source, { readOnly: true });
    const logs = await storedLogs(reopened);
    await reopened.close();
    const kept = await openStore({ databaseUrl: replicaUrl }, economy.source, { readOnly: true });
    expect(await storedLogs(kept)).to.deep.equal(logs);
    await kept.close();
    const driver = await openPostgres({ databaseUrl: replicaUrl, schema: schemaOf(economy.source), readOnly: true });
    expect(await storedTables(await driver.session())).to.deep.equal(expectedTables(logs));
    await driver.close();
  });

  it("stop in order on SIGTERM, independently of each other", async () => {
    for (const port of PORTS) {
      const each = running.get(port);
      each?.child.kill("SIGTERM");
      const ended = await each?.ended;
      expect(ended?.exitCode, ended?.output).to.equal(0);
    }
  });
});
