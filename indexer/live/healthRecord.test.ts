import { expect } from "chai";
import type { JournalBlock } from "../journal.ts";
import { hashOf } from "../../test/support/indexer/viewSource.ts";
import { Notices } from "#node/rpc/notices.ts";
import { StoreUnavailable } from "../store/storeUnavailable.ts";
import { HealthRecord, type HealthRecordParameters, type WatchedEndpoints } from "./healthRecord.ts";

const SECOND = 1_000;
const blockOf = (number: bigint): JournalBlock => ({ number, hash: hashOf(number), timestamp: Number(number) });

/** Makes a record over endpoints and a clock that the test controls. */
function watched(names: string[], parameters: Partial<HealthRecordParameters> = {}) {
  const clock = { ms: 5_000 };
  const index = { block: undefined as JournalBlock | undefined, final: undefined };
  const all = names.map((name) => ({
    name,
    isIdentified: true,
    head: undefined as { number: bigint; hash: `0x${string}` } | undefined,
    lastSeenMs: 0,
    answers: 0,
    lastError: undefined as string | undefined,
  }));
  const notices = new Notices();
  const endpoints = { all, notices, status: [], completeness: "blooms" } as unknown as WatchedEndpoints;
  const record = new HealthRecord({
    ...(names.length > 0 && { endpoints }),
    books: () => index,
    now: () => clock.ms,
    ...parameters,
  });
  return {
    record,
    notices,
    all,
    index,
    /** Reports the head of an endpoint. */
    report(number: bigint, at = 0): void {
      const endpoint = all[at];
      if (!endpoint) throw new RangeError("There is no such endpoint.");
      endpoint.head = { number, hash: hashOf(number) };
      endpoint.lastSeenMs = clock.ms;
    },
    write(number: bigint): void {
      index.block = blockOf(number);
      record.recordWritten(number, true);
    },
    /** Lets time pass, with a look at the endpoints each second. */
    pass(seconds: number, eachSecond: () => void = () => undefined): void {
      for (let i = 0; i < seconds; i++) {
        clock.ms += SECOND;
        eachSecond();
        record.observe();
      }
    },
    codes: () => record.problems.map(({ code }) => code),
  };
}

describe("the health of a writer", () => {
  it("takes the head from the endpoints while nothing is appended, and says so within 30 s", () => {
    const { record, report, write, pass, codes } = watched(["one.example"]);
    report(9n);
    write(9n);
    pass(5, () => report(9n));
    expect([record.waitingMs, codes()]).to.deep.equal([0, []]);
    let head = 9n;
    pass(30, () => report(++head));
    expect([record.head, record.waitingMs, record.silentMs]).to.deep.equal([39n, 29 * SECOND, 0]);
    const [problem] = record.problems;
    expect(problem).to.deep.include({ code: "stuck", endpoints: [], stops: true });
    expect(problem?.message).to.match(
      /^Block 10 was seen, but nothing has been indexed for \d+ seconds\..*one\.example/,
    );
    write(head);
    pass(1);
    expect([record.waitingMs, codes()]).to.deep.equal([0, []]);
  });

  it("says within 30 s that no endpoint answers, with the last failure of each, and keeps the head", () => {
    const { record, report, write, pass, all } = watched(["one.example", "two.example"]);
    report(9n);
    write(9n);
    pass(1);
    for (const endpoint of all) endpoint.lastError = `${endpoint.name} is away`;
    pass(20, () => all.forEach((endpoint) => (endpoint.head = undefined)));
    expect([record.head, record.silentMs]).to.deep.equal([9n, 20 * SECOND]);
    expect(record.problems[0]?.message).to.contain(
      "No node has answered for 20 seconds (one.example: one.example is away; two.example: two.example is away).",
    );
    report(10n, 1);
    pass(1);
    expect([record.head, record.silentMs, record.problems]).to.deep.equal([10n, 0, []]);
  });

  it("is not stuck on an idle chain, and not while a back-fill advances", () => {
    const { report, write, pass, codes, record } = watched(["one.example"]);
    report(9n);
    write(9n);
    pass(600, () => report(9n));
    expect([codes(), record.waitingMs, record.silentMs]).to.deep.equal([[], 0, 0]);
    report(1_000_000n);
    let block = 9n;
    pass(300, () => {
      report(1_000_000n);
      if (block++ % 15n === 0n) write(block);
    });
    expect(codes()).to.deep.equal([]);
    expect(record.waitingMs).to.be.greaterThan(200 * SECOND);
  });

  it("counts blocks that go back and forth as no progress, but reading everything again as progress", () => {
    const { report, write, pass, codes, record } = watched(["one.example"]);
    report(10n);
    write(9n);
    pass(30, () => {
      report(10n);
      record.recordWritten(8n, false);
      write(9n);
    });
    expect(codes()).to.deep.equal(["stuck"]);
    const again = watched(["one.example"]);
    again.report(1_000n);
    again.write(1_000n);
    let block = 0n;
    again.pass(60, () => {
      again.report(1_001n);
      again.write(++block);
    });
    expect(again.codes()).to.deep.equal([]);
  });

  it("follows the newest of the endpoints that report, not one that is silent for long or of another chain", () => {
    const { record, report, pass, all } = watched(["one.example", "two.example"]);
    report(500n);
    report(20n, 1);
    pass(1, () => report(20n, 1));
    expect(record.head).to.equal(500n);
    pass(61, () => report(21n, 1));
    expect(record.head).to.equal(21n);
    report(900n);
    if (all[0]) all[0].isIdentified = false;
    pass(1, () => report(22n, 1));
    expect(record.head).to.equal(22n);
  });

  it("takes answers for contact while blocks wait: a rate limit may delay the polls of the head", () => {
    const { record, report, write, pass, codes, all } = watched(["one.example"]);
    report(1_000n);
    write(1n);
    pass(1);
    let block = 1n;
    pass(60, () => {
      if (all[0]) all[0].answers++;
      write(++block);
    });
    expect([record.silentMs, codes()]).to.deep.equal([0, []]);
  });

  it("shows the store's failure with its remedy until the store answers, instead of a general problem", () => {
    const { record, report, write, pass, codes } = watched(["one.example"]);
    report(9n);
    write(8n);
    const cause = Object.assign(new Error("could not extend file: No space left on device"), { code: "53100" });
    record.recordStoreError(new StoreUnavailable(`The database cannot be used now: ${cause.message}.`, { cause }));
    pass(40, () => report(9n));
    expect(codes()).to.deep.equal(["storeFails"]);
    expect(record.problems[0]?.message).to.contain("No space left on device. Make room on the store's disk");
    expect(record.lastError).to.contain("No space left on device");
    write(9n);
    record.recordStoreContact();
    pass(1);
    expect([codes(), record.lastError]).to.deep.equal([[], undefined]);
  });

  it("names the store if one of its requests does not end, and waits longer for what is computed", async () => {
    const { record, report, write, pass, codes } = watched(["one.example"]);
    report(10n);
    write(9n);
    let end: (() => void) | undefined;
    const work = () => new Promise<void>((resolve) => (end = resolve));
    const stored = record.during("storing", work);
    pass(25, () => report(10n));
    expect(record.problems[0]?.message).to.contain("the store has been busy with one request for 25 seconds");
    end?.();
    await stored;
    write(10n);
    pass(1, () => report(11n));
    const computed = record.during("computing", work);
    pass(590, () => report(11n));
    expect(codes()).to.deep.equal([]);
    pass(30, () => report(11n));
    expect(record.problems[0]?.message).to.contain("indexes are being computed. This ends by itself.");
    end?.();
    await computed;
  });

  it("leaves what another problem explains to that problem", () => {
    const { report, write, pass, codes, notices } = watched(["one.example"]);
    report(9n);
    write(8n);
    notices.raise({ code: "logsPruned", endpoints: ["one.example"], message: "It keeps no logs.", stops: true });
    pass(60, () => report(9n));
    expect(codes()).to.deep.equal(["logsPruned"]);
    notices.clear("logsPruned");
    pass(1, () => report(9n));
    expect(codes()).to.deep.equal(["stuck"]);
  });

  it("shows no URL and no part of one that may be a key", () => {
    const urls = ["https://user:p4ssw0rd!!@one.example/v3/0123456789abcdef?token=s3cr3t-t0ken"];
    const { record, notices } = watched(["one.example"], { urls });
    const message = `Cannot POST /v3/0123456789abcdef at ${urls[0]} (s3cr3t-t0ken), see wss://other.example/abc`;
    notices.raise({ code: "methodMissing", endpoints: ["one.example"], message, stops: false });
    record.recordEndpointError(new Error(message));
    for (const text of [record.problems[0]?.message, record.lastError]) {
      expect(text).to.equal("Cannot POST /v3/… at one.example (…), see other.example");
    }
  });

  it("says why it cannot start until it has started", () => {
    const { record, report, pass, codes } = watched(["one.example"]);
    record.recordStartError(new Error("No Ethereum node answers at http://one.example/key (HTTP 503)."), false);
    report(5n);
    pass(3, () => report(5n));
    expect(record.problems[0]?.message).to.equal(
      "No Ethereum node answers at one.example (HTTP 503). The indexer tries again by itself.",
    );
    expect(record.lastError).to.contain("HTTP 503");
    record.recordStartError(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), true);
    expect(codes()).to.deep.equal(["storeFails"]);
    record.recordStart();
    pass(1, () => report(5n));
    expect([codes(), record.lastError]).to.deep.equal([[], undefined]);
  });
});

describe("the health of a reader", () => {
  it("compares the store with the head of its nodes, and falls back to the store when these are silent", () => {
    const reader = watched(["one.example"], { isReader: true });
    const { record, report, pass, index } = reader;
    record.recordStoreContact(9n);
    index.block = blockOf(9n);
    report(9n);
    pass(30, () => {
      report(12n);
      record.recordStoreContact(9n);
    });
    expect([record.head, record.headFrom]).to.deep.equal([12n, "chain"]);
    expect(record.problems[0]?.message).to.match(/^Block 12 of the chain has not been in the store for \d+ seconds/);
    record.recordStoreContact(12n);
    index.block = blockOf(12n);
    pass(61, () => record.recordStoreContact(12n));
    expect([record.headFrom, record.silentMs]).to.deep.equal(["store", SECOND * 0]);
    expect(record.problems.map(({ code, stops }) => [code, stops])).to.deep.equal([["stuck", false]]);
  });

  it("has contact with its store", () => {
    const { record, pass, codes } = watched([], { isReader: true });
    pass(10, () => record.recordStoreContact(3n));
    expect([record.head, record.headFrom, record.silentMs]).to.deep.equal([3n, "store", 0]);
    record.recordStoreError(new StoreUnavailable("PostgreSQL at 127.0.0.1:5432 cannot be reached (ECONNREFUSED)."));
    pass(10);
    expect([record.silentMs, codes()]).to.deep.equal([10 * SECOND, ["storeFails"]]);
  });
});
