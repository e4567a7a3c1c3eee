import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { addRelease, emptyGraph, pay, USD } from "../../test/support/economy/graphs.ts";
import { viewSourceOf } from "../../test/support/indexer/viewSource.ts";
import { createServer } from "./createServer.ts";

const MANY = 20_000;
const LONG_CHAIN = 4_000;
const HOLDER = `0x${"77".repeat(20)}` as const;
const numbered = (i: number) => `0x${i.toString(16).padStart(40, "0")}` as const;

/** An asset with many shareholders and descendants, an account with many assets, and a long chain of releases. */
function largeState() {
  const state = emptyGraph();
  for (let i = 1; i <= MANY; i++) {
    const parent = i <= LONG_CHAIN ? i - 1 : 1;
    addRelease(state, i > 1 ? [{ release: parent, weightPpm: 900_000 }] : []);
  }
  const hold = (account: number, asset: number) => {
    const row = state.holdings.getOrAddRow(account, asset);
    state.holdings.shares.set(row, 1 + (row % 1_000));
    state.holdings.everHeld.set(row, 1);
  };
  const holder = state.accounts.getOrAddRow(HOLDER);
  for (let i = 0; i < MANY; i++) {
    hold(holder, i);
    hold(state.accounts.getOrAddRow(numbered(i + 1)), 0);
  }
  const fee = pay(state, LONG_CHAIN, 10n ** 30n);
  return { state, fee };
}

describe("a small question", () => {
  let server: FastifyInstance;
  const { state, fee } = largeState();
  before(async () => {
    server = await createServer(viewSourceOf(state));
  });
  after(() => server.close());

  const account = `accounts/${HOLDER}`;
  for (const path of [
    account,
    `${account}/statement`,
    `${account}/statement/lines?after=${USD}-${MANY}`,
    `${account}/holdings?orderBy=shares`,
    `${account}/allocations`,
    `${account}/plan`,
    `${account}/plan/${USD}/settle`,
    "assets/1",
    `assets/1/shareholders?after=${HOLDER}`,
    "releases/1/builtBy",
    `fees/${fee.id}/trace`,
    `fees/${fee.id}/trace/hops?after=3900`,
  ]) {
    it(`is answered while a long one runs: ${path.replace(HOLDER, "0x77…").replace(USD, "0x…d0")}`, async () => {
      let done = false;
      const ask = async () => {
        const { statusCode, body } = await server.inject(`/v1/${path}`);
        done = true;
        expect(statusCode, body).to.equal(200);
      };
      const long = ask();
      const small = await server.inject("/v1/currencies");
      expect([small.statusCode, done]).to.deep.equal([200, false]);
      await long;
    });
  }
});
