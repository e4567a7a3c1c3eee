import { expect } from "chai";
import { indexerStatus } from "./indexerStatus.ts";

const NOW = Date.parse("2026-01-01T00:01:00Z");
const BLOCK = { number: "9", hash: "0x", timestamp: 0, final: false };
const health = (fields: object) => ({
  status: "syncing" as const,
  head: "9",
  block: BLOCK,
  lastError: null,
  lastContact: "2026-01-01T00:00:59Z",
  problems: [],
  ...fields,
});
const textOf = (fields: object) => indexerStatus(health(fields), false, NOW).text;

describe("the indexer's status in the footer", () => {
  it("names what does not answer", () => {
    expect(indexerStatus(health({}), true, NOW).text).to.contain("The explorer's API cannot be reached.");
    const dead = { lastError: "fetch failed", lastContact: "2026-01-01T00:00:30Z" };
    expect(textOf(dead)).to.contain("The indexer's node or store does not answer.");
    expect(textOf({ ...dead, lastContact: null })).to.contain("does not answer");
    expect(textOf({ status: "failed" })).to.contain("The indexer has stopped");
  });

  it("says what stops the indexer, for how long, and what its operator can do", () => {
    const problem = {
      code: "storeFails",
      endpoints: [],
      message: "The store fails: No space left on device. Make room on the store's disk.",
      stops: true,
      since: "2025-12-31T23:58:00Z",
    };
    expect(textOf({ status: "stuck", problems: [{ ...problem, stops: false }, problem] })).to.match(
      /^The indexer has not gone on for 3 minutes: The store fails: No space left on device\. Make room/,
    );
    expect(indexerStatus(health({ status: "stuck", problems: [problem] }), false, NOW).state).to.equal("bad");
    expect(textOf({ status: "stuck", problems: [{ ...problem, since: "2025-12-31T20:00:00Z" }] })).to.contain(
      "4 hours",
    );
    expect(textOf({ problems: [{ ...problem, stops: false }] })).to.equal("Catching up");
  });

  it("does not take one failed request for a node that is away", () => {
    expect(textOf({ lastError: "HTTP 429" })).to.equal("Catching up");
    expect(textOf({ head: "20" })).to.equal("11 blocks behind the chain");
    expect(textOf({ status: "ready" })).to.equal("Up to date with the chain");
    expect(indexerStatus(undefined, false, NOW).text).to.equal("Connecting…");
  });
});
