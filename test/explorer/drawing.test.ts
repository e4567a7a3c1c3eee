import { expect } from "chai";
import type { Schemas } from "../../explorer/src/api/client.ts";
import { feeFlow } from "../../explorer/src/flow/feeFlow.ts";
import { sankeyOf } from "../../explorer/src/flow/sankeyOf.ts";
import { shareholderFlow } from "../../explorer/src/flow/shareholderFlow.ts";
import { centreOn, fit, zoomAt } from "../../explorer/src/lineage/camera.ts";
import { layOut } from "../../explorer/src/lineage/layout.ts";
import { mergeParts, neighbourEdges } from "../../explorer/src/lineage/neighbourhood.ts";
import { feeFlows } from "../../indexer/graph/fees/feeFlows.ts";
import { amountsPassedOn, traceFee } from "../../indexer/graph/fees/traceFee.ts";
import { finish } from "../../indexer/scheduling/walk.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { USD } from "../support/economy/graphs.ts";
import { randomEconomy } from "../support/economy/randomEconomy.ts";

const currency = { address: "0x", symbol: "tUSD", decimals: 6 };
const money = (amount: bigint | number) => ({ amount: String(amount), currency });

function graphOf(edges: readonly (readonly [from: number, to: number])[]) {
  const ids = new Set(edges.flat());
  const nodes = [...ids].map((release) => ({
    release,
    asset: release,
    assetName: null,
    kind: "model" as const,
    received: null,
  }));
  const passedEdges = edges.map(([from, to]) => ({ from, to, weightPpm: 1_000, passed: money(from) }));
  return mergeParts([{ direction: "up", answer: { nodes, edges: passedEdges, truncated: false }, complete: [...ids] }]);
}

describe("the drawing of a lineage", () => {
  it("draws money from left to right in any graph, and puts no two releases at the same position", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = seededRandom(seed);
      const edges = Array.from({ length: 400 }, () => {
        const from = 2 + Math.floor(random.next() * 198);
        return [from, 1 + Math.floor(random.next() * (from - 1))] as const;
      });
      const graph = graphOf(edges);
      const { positions, ranks } = layOut(graph);
      for (const { from, to } of graph.edges.values()) {
        expect(positions.get(from)!.x, `${from} → ${to}`).to.be.lessThan(positions.get(to)!.x);
      }
      expect(new Set([...positions.values()].map(({ x, y }) => `${x} ${y}`)).size).to.equal(graph.nodes.size);
      expect(ranks.flat().length).to.equal(graph.nodes.size);
    }
  });

  it("puts a release without descendants directly before the releases that it was built from", () => {
    const { positions } = layOut(graphOf([[9, 8], [8, 7], [7, 1], [5, 1]])); // prettier-ignore
    expect(positions.get(5)!.rank).to.equal(positions.get(1)!.rank - 1);
  });

  it("takes little more time per release for 2,000 releases than for 250", () => {
    const random = seededRandom(7);
    const timeOf = (releases: number) => {
      const edges = Array.from({ length: 3 * releases }, () => {
        const from = 2 + Math.floor(random.next() * (releases - 2));
        return [from, 1 + Math.floor(random.next() * (from - 1))] as const;
      });
      const graph = graphOf(edges);
      const times = [1, 2, 3].map(() => {
        const before = process.cpuUsage();
        layOut(graph);
        const { user, system } = process.cpuUsage(before);
        return user + system;
      });
      return Math.min(...times);
    };
    timeOf(250); // warms up the compiler
    expect(timeOf(2_000) / timeOf(250)).to.be.lessThan(8 * 4);
  });

  it("leaves out contributions to missing releases, and sorts the others by the money along them", () => {
    const nodes = [1, 2, 3].map((release) => ({
      release,
      asset: release,
      assetName: null,
      kind: "agent" as const,
      received: null,
    }));
    const edges = [
      { from: 3, to: 1, weightPpm: 9, passed: money(2) },
      { from: 3, to: 2, weightPpm: 1, passed: money(10n ** 20n) },
      { from: 3, to: 4, weightPpm: 1, passed: null },
    ];
    const graph = mergeParts([{ direction: "up", answer: { nodes, edges, truncated: true }, complete: [3] }]);
    expect(neighbourEdges(graph, 3, "up").map(({ to }) => to)).to.deep.equal([2, 1]);
    expect(neighbourEdges(graph, 2, "down").map(({ from }) => from)).to.deep.equal([3]);
  });

  it("zooms about the pointer, and fits the whole drawing", () => {
    const camera = { x: 10, y: 20, scale: 1 };
    const near = zoomAt(camera, 2, 110, 220);
    expect([(110 - near.x) / near.scale, (220 - near.y) / near.scale]).to.deep.equal([100, 200]);
    const box = { left: 0, right: 5_000, top: -900, bottom: 900 };
    const all = fit(box, 800, 500);
    for (const [x, y] of [
      [box.left, box.top],
      [box.right, box.bottom],
    ] as const) {
      expect(x * all.scale + all.x).to.be.within(0, 800);
      expect(y * all.scale + all.y).to.be.within(0, 500);
    }
    // No empty space beside the drawing.
    expect(centreOn(0, 0, 1, box, 800, 500).x).to.equal(24);
  });
});

describe("the picture of a period", () => {
  it("goes from payers to shareholders and adds up, with one node per column for those that are not named", () => {
    const state = randomEconomy(5, 60, 40);
    for (const most of [2, 50]) {
      const flows = finish(feeFlows(state, USD, { most }));
      const names = { assetName: "<b>name</b>", releaseName: null };
      const show = ({ from, to, amount }: { from: unknown; to?: unknown; amount: bigint }) =>
        [(from ?? null) as never, (to ?? null) as never, { ...names, amount: money(amount) }] as const;
      const flow = shareholderFlow({
        fees: flows.fees.map(show).map(([payer, release, rest]) => ({ payer, release, ...rest })),
        kept: flows.kept.map(show).map(([release, asset, rest]) => ({ release, asset, ...rest })),
        earned: flows.earned.map(show).map(([asset, account, rest]) => ({ asset, account, ...rest })),
        commons: flows.commons.map(show).map(([asset, , rest]) => ({ asset, ...rest })),
      });
      const kinds = new Map(flow.nodes.map(({ id, kind }) => [id, kind]));
      const into = (isOfColumn: (id: string) => boolean) =>
        flow.bands.reduce((sum, { to, amount }) => (isOfColumn(to) ? sum + amount : sum), 0n);
      expect(into((id) => /release/.test(id))).to.equal(flows.paid);
      expect(into((id) => /asset/.test(id))).to.equal(flows.paid - flows.pending);
      expect(into((id) => /shareholder|commons/.test(id))).to.equal(flows.paid - flows.pending - flows.fractions);
      const counts = Map.groupBy(kinds.values(), (kind) => kind);
      expect(counts.get("asset")?.length).to.be.at.most(most);
      expect(counts.get("rest")?.length ?? 0).to.be.at.least(most === 2 ? 2 : 0);
      const drawn = sankeyOf(flow, 1_000);
      for (const { left, right, top, bottom } of drawn.nodes) {
        expect([left, right, top, bottom].every(Number.isFinite)).to.equal(true);
      }
    }
  });
});

describe("the picture of a fee", () => {
  it("adds up exactly at every release and asset, and has a position for each", () => {
    const state = randomEconomy(5, 60, 40);
    const asset = (id: number) => ({ asset: id, assetName: null });
    for (const fee of state.fees) {
      const trace = finish(traceFee(state, fee));
      if (fee.amount === 0n) continue;
      const apiFee = {
        ...fee,
        id: fee.id,
        assetName: null,
        amount: money(fee.amount),
        fromCredit: false,
      } as unknown as Schemas["Fee"]; // the picture uses no other fields
      const flow = feeFlow({
        fee: apiFee,
        hops: trace.hops.map((hop) => ({
          ...asset(hop.asset),
          release: hop.release,
          received: money(hop.received),
          kept: money(hop.kept),
          passed: amountsPassedOn(state, hop).map(({ to, amount }) => ({ to, amount: money(amount) })),
        })),
        assets: trace.assets.map((due) => ({
          ...asset(due.asset),
          kept: money(due.kept),
          commons: money(due.commons),
          shareholders: money(due.shareholders),
        })),
        holders: new Map(trace.assets.map((due) => [due.asset, [{ account: "0xaa", shares: "100000000" }]])),
      });
      const sum = (bands: typeof flow.bands) => bands.reduce((total, { amount }) => total + amount, 0n);
      for (const hop of trace.hops) {
        expect(sum(flow.bands.filter(({ to }) => to === `r${hop.release}`))).to.equal(hop.received);
      }
      for (const due of trace.assets) {
        expect(sum(flow.bands.filter(({ to }) => to === `a${due.asset}`))).to.equal(due.kept);
        expect(sum(flow.bands.filter(({ from }) => from === `a${due.asset}`))).to.equal(due.commons + due.shareholders);
      }
      const drawn = sankeyOf(flow, 1_000);
      expect(drawn.bands.length).to.equal(flow.bands.filter(({ amount }) => amount > 0n).length);
      for (const { left, right, top, bottom } of drawn.nodes) {
        expect([left, right, top, bottom].every(Number.isFinite)).to.equal(true);
      }
    }
  });

  it("is empty without a flow", () => {
    expect(sankeyOf({ nodes: [], bands: [] }, 500).bands).to.deep.equal([]);
  });
});
