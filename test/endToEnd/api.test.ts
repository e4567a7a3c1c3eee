import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { UserError } from "#protocol/userError.ts";
import { createServer } from "../../indexer/api/createServer.ts";
import { HealthRecord } from "../../indexer/live/healthRecord.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";

/** The JSON of an answer. Tests read the expected fields. */
type Json = { [field: string]: Json } & Json[] & string;

describe("the API", function () {
  this.timeout(60_000);
  let economy: SmallEconomy;
  let server: FastifyInstance;
  let feeId: string;

  const get = async (url: string) => {
    const response = await server.inject({ method: "GET", url });
    return { status: response.statusCode, type: response.headers["content-type"], body: response.json<Json>() };
  };
  const data = async (url: string) => {
    const { status, body } = await get(url);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.data as Json;
  };

  before(async () => {
    economy = await startSmallEconomy();
    await economy.pay(3, 1_000_000n, `0x${"ab".repeat(32)}`);
    await economy.pay(3, 7n);
    await economy.tributary.ledger.settle([3], economy.dollar);
    const indexer = await economy.startIndexer();
    await economy.caughtUp(indexer);
    server = await createServer(indexer);
    feeId = indexer.state.fees.at(0)?.id ?? "";
  });
  after(async () => {
    await server?.close();
    await economy?.stop();
  });

  it("names the block of each answer, with its hash on the chain", async () => {
    const { body } = await get("/v1/currencies");
    const head = await economy.chain.ethers.provider.getBlock("latest");
    const { number, hash, timestamp } = head ?? {};
    expect(body.block).to.deep.equal({ number: String(number), hash, timestamp, final: false });
  });

  it("is ready once the newest block is indexed", async () => {
    // A block is shown a moment before it is on disk.
    for (let tries = 0; tries < 100 && (await get("/health")).body.status !== "ready"; tries++) await sleep(50);
    const { body } = await get("/health");
    expect(body.status).to.equal("ready");
  });

  it("lists assets by page, kind and text", async () => {
    const names = async (query: string) => (await data(`/v1/assets${query}`)).map((asset) => asset.name);
    expect(await names("")).to.deep.equal(["corpus", "model", "agent"]);
    expect(await names("?kind=model")).to.deep.equal(["model"]);
    expect(await names("?search=COR")).to.deep.equal(["corpus"]);
    expect(await names("?search=acme&limit=2")).to.deep.equal(["corpus", "model"]);
    const { body } = await get("/v1/assets?limit=2");
    expect(body.next).to.equal("2");
    expect(await names("?limit=2&after=2")).to.deep.equal(["agent"]);
    expect((await get("/v1/assets?limit=2&after=2")).body.next).to.equal(null);
    expect(await names("?after=1000")).to.deep.equal([]);
  });

  it("shows an asset with its releases, shareholders and income", async () => {
    const asset = await data("/v1/assets/2");
    expect([asset.name, asset.organization, asset.kind]).to.deep.equal(["model", "Acme", "model"]);
    expect(asset.owner).to.equal(economy.accounts.bob.address.toLowerCase());
    expect(asset.shareholders).to.deep.equal([{ account: asset.owner, shares: "100000000" }]);
    expect(asset.allocations?.[0]?.role).to.equal("other");
    // The model receives 40 % of 1,000,007 and keeps 70 % of that.
    expect(asset.income?.[0]?.settled?.amount).to.equal("0");
    expect(asset.income?.[0]?.afterSettling?.amount).to.equal("280001");
    expect((await data("/v1/assets/2/releases")).map(({ id }) => id)).to.deep.equal([2]);
  });

  it("shows the received and settled amounts of a release", async () => {
    const release = await data("/v1/releases/3");
    expect(release.contributions).to.deep.equal([{ release: 2, weightPpm: 400_000 }]);
    expect(release.ownWeightPpm).to.equal(600_000);
    const [dollars] = release.flows ?? [];
    expect([dollars?.received?.amount, dollars?.settled?.amount]).to.deep.equal(["1000007", "1000007"]);
    expect(dollars?.received?.currency?.symbol).to.equal("tUSD");
    expect(dollars?.received?.currency?.decimals).to.equal(6);
  });

  it("returns the lineage up and down to a depth", async () => {
    const nodes = async (query: string) =>
      (await data(`/v1/releases/${query}`)).nodes?.map(({ release, depth }) => [release, depth]);
    expect(await nodes("3/lineage")).to.deep.equal([
      [3, 0],
      [2, 1],
      [1, 2],
    ]);
    expect(await nodes("1/lineage?direction=down")).to.deep.equal([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    const cut = await data("/v1/releases/3/lineage?depth=1");
    expect([cut.nodes?.length, cut.truncated]).to.deep.equal([2, true]);
  });

  it("returns the effective weight of each ancestor, with its path", async () => {
    const weights = await data("/v1/releases/3/weights");
    expect(weights.map(({ release, reachesPpm, keepsPpm }) => [release, reachesPpm, keepsPpm])).to.deep.equal([
      [3, 1_000_000, 600_000],
      [2, 400_000, 280_000],
      [1, 120_000, 120_000],
    ]);
    expect(weights.map(({ via }) => via)).to.deep.equal([null, 3, 2]);
  });

  it("lists fees, the newest first, and traces one to the base unit", async () => {
    expect((await data("/v1/fees")).map(({ amount }) => amount?.amount)).to.deep.equal(["7", "1000000"]);
    const first = await get("/v1/fees?limit=1");
    expect((await data(`/v1/fees?limit=1&after=${first.body.next}`)).map(({ id }) => id)).to.deep.equal([feeId]);
    expect(await data("/v1/fees?release=1")).to.deep.equal([]);
    const trace = await data(`/v1/fees/${feeId}/trace`);
    expect(trace.fee?.reference).to.equal(`0x${"ab".repeat(32)}`);
    expect(trace.assets?.map((due) => [due.asset, due.kept?.amount, due.commons?.amount])).to.deep.equal([
      [3, "600000", "6000"],
      [2, "280000", "2800"],
      [1, "120000", "1200"],
    ]);
    expect(trace.pending?.amount).to.equal("0");
  });

  it("shows what an account can claim now and after settling, with a plan", async () => {
    const { alice } = economy.accounts;
    const statement = await data(`/v1/accounts/${alice.address}/statement`);
    const [line] = statement.lines ?? [];
    expect([line?.claimableNow?.amount, line?.claimableAfterSettling?.amount]).to.deep.equal(["0", "118800"]);
    const { plans } = await data(`/v1/accounts/${alice.address}/plan`);
    expect(plans?.[0]).to.deep.include({ settle: [2, 1], claim: [1] });
    expect(plans?.[0]?.pays?.amount).to.equal("118800");
  });

  it("returns an empty statement for an unknown account", async () => {
    const { lines } = await data(`/v1/accounts/0x${"99".repeat(20)}/statement`);
    expect(lines).to.deep.equal([]);
  });

  it("describes itself", async () => {
    const { body } = await get("/openapi.json");
    expect(body.openapi).to.equal("3.1.0");
    const index = await server.inject("/");
    for (const path of Object.keys(body.paths ?? {})) {
      expect(index.body, `${path} is listed at /`).to.contain(path);
    }
  });

  it("answers for an earlier block", async () => {
    const paidIn = feeId.split("-")[0] ?? "";
    const { body } = await get(`/v1/fees?block=${paidIn}`);
    expect([body.block?.number, body.data?.map(({ id }) => id)]).to.deep.equal([paidIn, [feeId]]);
    expect(await data(`/v1/fees?block=${Number(paidIn) - 1}`)).to.deep.equal([]);
    expect((await get("/v1/fees?block=999999")).status).to.equal(400);
    const query = `{ now: fees { nodes { id } } before: fees(block: ${paidIn}) { nodes { id } } }`;
    const answer = await server.inject({ method: "POST", url: "/v1/graphql", payload: { query } });
    const found = answer.json<Json>().data;
    expect([found?.now?.nodes?.length, found?.before?.nodes?.length]).to.deep.equal([2, 1]);
  });

  for (const [url, status, reason] of [
    ["/v1/assets/99", 404, "asset 99"],
    ["/v1/releases/99", 404, "Ids run from 1 to 3"],
    ["/v1/releases/99/lineage", 404, "release 99"],
    ["/v1/releases/99/weights", 404, "release 99"],
    ["/v1/fees/1-99/trace", 404, "fee 1-99"],
    ["/v1/fees?after=1-99", 404, "fee 1-99"],
    ["/v1/assets/0", 400, "asset"],
    ["/v1/assets/1.5", 400, "asset"],
    ["/v1/assets/-1", 400, "asset"],
    ["/v1/assets/corpus", 400, "must be the id of an asset"],
    ["/v1/assets/1099511627776", 400, "asset"],
    ["/v1/fees/latest/trace", 400, "<block number>-<log index>"],
    ["/v1/accounts/0x1234/statement", 400, "must be an address"],
    ["/v1/accounts/alice.eth/plan", 400, "must be an address"],
    ["/v1/assets?limit=0", 400, "limit"],
    ["/v1/assets?limit=501", 400, "limit"],
    ["/v1/assets?limit=many", 400, "limit"],
    ["/v1/assets?after=-1", 400, "after"],
    ["/v1/assets?kind=robot", 400, "kind"],
    [`/v1/assets?search=${"x".repeat(201)}`, 400, "search"],
    ["/v1/fees?payer=bob", 400, "payer"],
    ["/v1/releases/3/lineage?direction=sideways", 400, "direction"],
    ["/v1/releases/3/lineage?depth=0", 400, "depth"],
    ["/v1/assets?offset=3", 400, "offset"],
    ["/v1/nothing", 404, "There is nothing at /v1/nothing. `/docs` shows all paths"],
    ["/v1/%zz", 400, "%zz"],
  ] as const) {
    it(`refuses ${url.slice(0, 60)} with ${status} and the reason`, async () => {
      const { status: answered, type, body } = await get(url);
      expect(answered).to.equal(status);
      expect(type).to.contain("application/problem+json");
      expect(body.status).to.equal(status);
      expect(body.detail).to.contain(reason);
    });
  }

  it("sends live events of a fee, a settlement and a claim", async () => {
    const base = await server.listen({ port: 0, host: "127.0.0.1" });
    const stop = new AbortController();
    const response = await fetch(`${base}/v1/events?types=fee,settlement,claim`, { signal: stop.signal });
    const { alice } = economy.accounts;
    const { ledger } = economy.tributary;
    await economy.pay(1, 99n);
    await ledger.settle([2, 1], economy.dollar);
    await ledger.connect(alice).claim([1], economy.dollar, alice);
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.includes("event: claim")) break;
    }
    stop.abort();
    expect(text).to.match(/event: fee\ndata: .*"amount":"99"/);
    expect(text).to.match(/event: settlement\ndata: .*"releases":\[2,1\]/);
    expect(text).to.contain(alice.address.toLowerCase());
  });

  it("is not ready before the first block", async () => {
    const { chain, tributary } = economy;
    const nothing = await createServer({
      view: () => undefined,
      viewAt: () => Promise.reject(new UserError("No block is indexed yet.")),
      onBlock: () => () => undefined,
      health: new HealthRecord(),
      source: {
        chainId: 31337,
        registry: (await tributary.registry.getAddress()) as `0x${string}`,
        ledger: (await tributary.ledger.getAddress()) as `0x${string}`,
        startBlock: BigInt(await chain.ethers.provider.getBlockNumber()),
      },
    });
    const response = await nothing.inject("/v1/assets");
    expect(response.statusCode).to.equal(503);
    expect((await nothing.inject("/health")).json<Json>().status).to.equal("syncing");
    await nothing.close();
  });
});
