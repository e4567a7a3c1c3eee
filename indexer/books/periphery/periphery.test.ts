import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import {
  type Address,
  encodeFunctionData,
  encodeFunctionResult,
  erc20Abi,
  getAddress,
  type Hex,
  keccak256,
  toBytes,
  zeroHash,
} from "viem";
import { ledgerAbi, timelockAbi } from "#protocol/abis.ts";
import { account, Economy } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import { statesOf, viewSourceOf } from "../../../test/support/indexer/viewSource.ts";
import { books } from "../books.ts";
import { BookStates } from "../states.ts";
import { createServer } from "../../api/createServer.ts";
import type { Position } from "../../journal.ts";
import type { View } from "../../live/view.ts";
import { applyPeripheryEvent, type PeripheryEvent } from "./applyEvent.ts";
import { decodeCall } from "./decodeCall.ts";
import { peripheryFold } from "./fold.ts";
import type { PeripheryState } from "./state.ts";

const INLET: Address = account(77);
const OUTLET: Address = account(79);
const TIMELOCK: Address = `0x${"7e".repeat(20)}`;
const OPERATION: Hex = `0x${"0a".repeat(32)}`;
const PROPOSER_ROLE = keccak256(toBytes("PROPOSER_ROLE"));

/** Makes the position of an event in the block with this number. The block's time is twelve times the number. */
const at = (blockNumber: number, logIndex = 0): Position => ({
  blockNumber: BigInt(blockNumber),
  logIndex,
  timestamp: 12 * blockNumber,
  transactionHash: zeroHash,
});

const opened: PeripheryEvent = { contract: "inlets", eventName: "InletOpened", args: { release: 1, inlet: INLET } };
const opening = (who: Address, outlet: Address): PeripheryEvent => ({
  contract: "outlets",
  eventName: "OutletOpened",
  args: { account: who, outlet },
});
const scheduled = (index: bigint, data: Hex, target: Address): PeripheryEvent => ({
  contract: "timelock",
  eventName: "CallScheduled",
  args: { id: OPERATION, index, target, value: 0n, data, predecessor: zeroHash, delay: 24n },
});
const executed = (index: bigint): PeripheryEvent => ({
  contract: "timelock",
  eventName: "CallExecuted",
  args: { id: OPERATION, index, target: USD, value: 0n, data: "0x" },
});
const cancelled: PeripheryEvent = { contract: "timelock", eventName: "Cancelled", args: { id: OPERATION } };
const role = (eventName: "RoleGranted" | "RoleRevoked", who: Address): PeripheryEvent => ({
  contract: "timelock",
  eventName,
  args: { role: PROPOSER_ROLE, account: who, sender: who },
});
const admit = (currency: Address) => encodeFunctionData({ abi: ledgerAbi, functionName: "admit", args: [currency] });

describe("the book of the contracts around the ledger", () => {
  let economy: Economy;
  let state: PeripheryState;
  let states: ReturnType<typeof statesOf>;

  beforeEach(() => {
    economy = new Economy();
    states = statesOf(economy.state);
    state = states.of(peripheryFold);
  });

  const apply = (event: PeripheryEvent, position: Position) => applyPeripheryEvent(state, event, position);

  describe("its fold", () => {
    it("has the calls of an operation's last schedule", () => {
      apply(scheduled(0n, admit(USD), economy.state.ledger), at(1, 0));
      apply(scheduled(1n, "0x", USD), at(1, 1));
      apply(cancelled, at(2));
      apply(scheduled(0n, admit(USD), economy.state.ledger), at(3));
      apply(executed(0n), at(5));
      expect(
        state.calls.values.map(({ cancelled: gone, executed: done }) => [gone?.blockNumber, done?.blockNumber]),
      ).to.deep.equal([
        [2n, undefined],
        [2n, undefined],
        [undefined, 5n],
      ]);
    });

    it("undoes the changes of a block", () => {
      const { history } = states;
      history.recording = true;
      apply(opened, at(1));
      apply(role("RoleGranted", account(1)), at(1));
      apply(scheduled(0n, admit(USD), economy.state.ledger), at(1));
      apply(opening(account(1), OUTLET), at(1));
      history.endBlock(1n);
      apply(opening(account(2), account(80)), at(2));
      apply(executed(0n), at(2));
      apply(role("RoleRevoked", account(1)), at(2));
      apply({ ...opened, args: { release: 2, inlet: account(78) } } as PeripheryEvent, at(2));
      history.endBlock(2n);
      expect(history.undoTo(1n)).to.equal(true);
      expect(state.inlets.values.map(({ release }) => release)).to.deep.equal([1]);
      expect(state.outlets.values.map(({ outlet }) => outlet)).to.deep.equal([OUTLET]);
      expect([...state.outletRows.keys()]).to.deep.equal([OUTLET]);
      expect([...state.outletOf.keys()]).to.deep.equal([account(1)]);
      expect(state.calls.get(0)?.executed).to.equal(undefined);
      expect([...state.roles.keys()]).to.deep.equal([`${PROPOSER_ROLE}:${account(1)}`]);
    });
  });

  describe("a call", () => {
    const targets = { registry: account(1), ledger: account(2), timelock: TIMELOCK };

    it("of a contract of the deployment is decoded", () => {
      expect(decodeCall(targets, account(2), admit(USD))).to.deep.equal({
        contract: "ledger",
        signature: "admit(address)",
        arguments: [{ name: "currency", type: "address", value: getAddress(USD) }],
      });
      const delay = encodeFunctionData({ abi: timelockAbi, functionName: "updateDelay", args: [86_400n] });
      expect(decodeCall(targets, TIMELOCK, delay)?.arguments).to.deep.equal([
        { name: "newDelay", type: "uint256", value: "86400" },
      ]);
    });

    it("of anything else, or with truncated arguments, is not decoded", () => {
      expect(decodeCall(targets, account(9), admit(USD))).to.equal(undefined);
      expect(decodeCall(targets, account(2), "0x")).to.equal(undefined);
      expect(decodeCall(targets, account(2), "0x12345678")).to.equal(undefined);
      expect(decodeCall(targets, account(2), admit(USD).slice(0, 40) as Hex)).to.equal(undefined);
    });
  });

  describe("its questions", () => {
    let server: FastifyInstance;
    let asked: { method: string; params: unknown }[];

    const serve = async (change: Partial<View> = {}, request = true) => {
      const source = viewSourceOf(economy.state, 5n);
      const view = source.view();
      if (!view) throw new Error("There is a view.");
      asked = [];
      server = await createServer({
        ...source,
        view: () => ({ ...view, states, ...change }),
        request: request
          ? async (call) => {
              asked.push(call);
              if (call.method === "eth_getBalance") return "0x5";
              const [{ to }] = call.params as [{ to: Address }];
              return encodeFunctionResult({
                abi: erc20Abi,
                functionName: "balanceOf",
                result: to === USD ? 250n : 0n,
              });
            }
          : undefined,
      });
    };
    const get = async (path: string) => {
      const response = await server.inject(`/v1${path}`);
      return { status: response.statusCode, ...response.json<{ data: Record<string, unknown>; title?: string }>() };
    };
    afterEach(() => server.close());

    it("return an inlet's release, its fees, and the money that is in it", async () => {
      economy.register();
      economy.register({ contributions: { 1: 100_000 } });
      apply(opened, at(2));
      economy.pay(1, 300n, 77);
      economy.pay(1, 200n, 77);
      economy.pay(2, 900n, 77); // into another release, so not a fee of the inlet
      await serve();
      const { status, data } = await get(`/inlets/${INLET}`);
      expect(status).to.equal(200);
      expect(data).to.deep.include({ inlet: INLET, release: 1 });
      expect(data.opened).to.deep.include({ blockNumber: "2" });
      const usd = { address: USD, symbol: "USD", decimals: 6 };
      expect(data.synced).to.deep.equal([{ amount: { amount: "500", currency: usd }, fees: 2 }]);
      expect(data.observed).to.deep.include({ native: "5", currencies: [{ amount: "250", currency: usd }] });
      expect((await get("/inlets?release=1")).data).to.have.lengthOf(1);
      expect((await get("/inlets?release=2")).data).to.have.lengthOf(0);
    });

    it("return no observed balances without a node", async () => {
      apply(opened, at(2));
      await serve({}, false);
      expect((await get(`/inlets/${INLET}`)).data.observed).to.equal(null);
      expect(asked).to.deep.equal([]);
    });

    it("refuse an inlet that is not open", async () => {
      await serve();
      expect((await get(`/inlets/${INLET}`)).status).to.equal(404);
    });

    it("return an outlet's account, and the money that lies at its address", async () => {
      economy.register();
      apply(opening(account(1), OUTLET), at(2));
      apply(opening(account(2), account(80)), at(3));
      await serve();
      const { status, data } = await get(`/outlets/${OUTLET}`);
      expect(status).to.equal(200);
      expect(data).to.deep.include({ outlet: OUTLET, account: account(1) });
      expect(data.opened).to.deep.include({ blockNumber: "2" });
      const usd = { address: USD, symbol: "USD", decimals: 6 };
      expect(data.observed).to.deep.include({ native: "5", currencies: [{ amount: "250", currency: usd }] });
      const accountsOf = async (path: string) =>
        ((await get(path)).data as unknown as { account: Address }[]).map((each) => each.account);
      expect(await accountsOf("/outlets")).to.deep.equal([account(1), account(2)]);
      expect(await accountsOf(`/outlets?account=${account(2)}`)).to.deep.equal([account(2)]);
      expect((await get(`/outlets/${account(81)}`)).status).to.equal(404);
    });

    it("tell inlets and outlets apart from other accounts, on the account itself", async () => {
      economy.register();
      apply(opened, at(2));
      apply(opening(account(1), OUTLET), at(2));
      await serve();
      const partOf = async (who: Address) => {
        const { inletOf, outletFor, outlet } = (await get(`/accounts/${who}`)).data;
        return { inletOf, outletFor, outlet };
      };
      expect(await partOf(INLET)).to.deep.equal({ inletOf: 1, outletFor: null, outlet: null });
      expect(await partOf(OUTLET)).to.deep.equal({ inletOf: null, outletFor: account(1), outlet: null });
      expect(await partOf(account(1))).to.deep.equal({ inletOf: null, outletFor: null, outlet: OUTLET });
      expect(await partOf(account(5))).to.deep.equal({ inletOf: null, outletFor: null, outlet: null });
    });

    it("return the roles in the timelock, and the state of each call at the block", async () => {
      apply({ contract: "timelock", eventName: "MinDelayChange", args: { oldDuration: 0n, newDuration: 24n } }, at(1));
      apply(role("RoleGranted", account(3)), at(1));
      apply(role("RoleGranted", account(4)), at(1));
      apply(role("RoleRevoked", account(3)), at(1));
      apply(scheduled(0n, admit(USD), economy.state.ledger), at(2)); // ready at 48 s; the block is of 60 s
      apply(scheduled(1n, "0x1234", USD), at(4)); // ready at 72 s
      await serve();
      const { data } = await get("/governance");
      expect(data).to.deep.include({
        timelock: TIMELOCK,
        minDelay: "24",
        proposers: [account(4)],
        anyoneExecutes: false,
        waiting: 1,
        ready: 1,
      });
      const calls = data.calls as { state: string; decoded: { signature: string } | null; readyAt: string }[];
      expect(calls.map(({ state: how, decoded, readyAt }) => [how, decoded?.signature, readyAt])).to.deep.equal([
        ["waiting", undefined, "72"],
        ["ready", "admit(address)", "48"],
      ]);
      expect((await get("/governance/calls?state=ready")).data).to.have.lengthOf(1);
      apply(executed(0n), at(5));
      expect((await get("/governance")).data).to.deep.include({ waiting: 1, ready: 0 });
    });

    it("answer 503 until all earlier events are read, while questions about the ledger are answered", async () => {
      await serve({ incomplete: new Set(["periphery"]) });
      for (const path of [
        "/governance",
        "/governance/calls",
        "/inlets",
        `/inlets/${INLET}`,
        "/outlets",
        `/outlets/${OUTLET}`,
      ]) {
        expect((await get(path)).status, path).to.equal(503);
      }
      expect((await get("/ledger")).status).to.equal(200);
    });

    it("answer 404 if the deployment names no such contract", async () => {
      const { source } = viewSourceOf(economy.state);
      await serve({ states: new BookStates(books, { ...source, periphery: {} }) });
      for (const path of ["/governance", "/inlets", "/outlets"]) expect((await get(path)).status, path).to.equal(404);
    });
  });
});
