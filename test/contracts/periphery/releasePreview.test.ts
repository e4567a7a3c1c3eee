import { expect } from "chai";
import type { Signer } from "ethers";
import { seededRandom } from "#node/seededRandom.ts";
import { type Contribution, publishRelease, registerAsset, releaseDraft, WHOLE } from "../../support/economy/assets.ts";
import { badContributions } from "../../support/contracts/badContributions.ts";
import {
  AGENT,
  DATASET,
  expectRefused,
  DATASET_WEIGHT,
  type Lineage,
  MODEL,
  MODEL_WEIGHT,
  networkHelpers,
  REF,
  releaseOf,
} from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

type Surrounded = Awaited<ReturnType<typeof loadPeriphery>>;

const ONE = 10n ** 18n;
const PPM = BigInt(WHOLE);
const ALL = 100;

/** Returns the contract's answer as a plain object. */
async function previewOf(
  { preview }: Surrounded,
  contributions: Contribution[],
  { keep = 0, floor = 0, most = ALL }: { keep?: number; floor?: number; most?: number } = {},
) {
  const answer = await preview.preview(contributions, keep, floor, most);
  return {
    ownWeight: answer.ownWeight,
    floor: answer.floor,
    floorIsHigh: answer.floorIsHigh,
    closed: answer.closed,
    truncated: answer.truncated,
    ancestors: answer.ancestors.map(({ release, asset, reaches, keeps }) => ({ release, asset, reaches, keeps })),
  };
}

/** Registers datasets and the like of the stranger, each built on what is given, and returns their ids. */
async function registerAll(lineage: Lineage, lists: Contribution[][]) {
  const ids: bigint[] = [];
  for (const contributions of lists) ids.push(await registerAsset(lineage, lineage.stranger, { contributions }));
  return ids;
}

describe("ReleasePreview.preview", () => {
  it("shows what the release keeps and what each ancestor gets, along the whole line", async () => {
    const lineage = await loadPeriphery();
    // 40 % to the agent, of which half goes on to the model, of which 30 % goes on to the dataset.
    expect(await previewOf(lineage, [{ release: AGENT, weight: 400_000 }])).to.deep.equal({
      ownWeight: 600_000n,
      floor: 0n,
      floorIsHigh: false,
      closed: 0n,
      truncated: false,
      ancestors: [
        { release: AGENT, asset: AGENT, reaches: (ONE * 4n) / 10n, keeps: (ONE * 2n) / 10n },
        { release: MODEL, asset: MODEL, reaches: (ONE * 2n) / 10n, keeps: (ONE * 14n) / 100n },
        { release: DATASET, asset: DATASET, reaches: (ONE * 6n) / 100n, keeps: (ONE * 6n) / 100n },
      ],
    });
  });

  it("shows a release without contributions to keep everything", async () => {
    const lineage = await loadPeriphery();
    expect(await previewOf(lineage, [], { floor: 3, keep: WHOLE })).to.deep.equal({
      ownWeight: PPM,
      floor: 3n,
      floorIsHigh: false,
      closed: 0n,
      truncated: false,
      ancestors: [],
    });
  });

  it("adds up all paths to an ancestor of a diamond", async () => {
    const lineage = await loadPeriphery();
    const [left = 0n, right = 0n] = await registerAll(lineage, [
      [{ release: DATASET, weight: 200_000 }],
      [
        { release: DATASET, weight: 100_000 },
        { release: MODEL, weight: 500_000 },
      ],
    ]);
    const { ancestors, ownWeight } = await previewOf(lineage, [
      { release: DATASET, weight: 10_000 },
      { release: left, weight: 300_000 },
      { release: right, weight: 400_000 },
    ]);
    expect(ownWeight).to.equal(290_000n);
    // The dataset: 1 % directly, 6 % and 4 % by the two sides, 6 % by the model, which gets 20 %.
    expect(ancestors).to.deep.equal([
      { release: right, asset: right, reaches: (ONE * 40n) / 100n, keeps: (ONE * 16n) / 100n },
      { release: left, asset: left, reaches: (ONE * 30n) / 100n, keeps: (ONE * 24n) / 100n },
      { release: MODEL, asset: MODEL, reaches: (ONE * 20n) / 100n, keeps: (ONE * 14n) / 100n },
      { release: DATASET, asset: DATASET, reaches: (ONE * 17n) / 100n, keeps: (ONE * 17n) / 100n },
    ]);
  });

  it("names the asset of an ancestor that is a later release", async () => {
    const lineage = await loadPeriphery();
    const second = await publishRelease(lineage, lineage.modelOwner, MODEL);
    const { ancestors } = await previewOf(lineage, [{ release: second, weight: WHOLE }]);
    expect(ancestors).to.deep.equal([{ release: second, asset: MODEL, reaches: ONE, keeps: ONE }]);
  });

  it("follows a chain of 60 to its end", async () => {
    const lineage = await loadPeriphery();
    let last = DATASET;
    for (let i = 0; i < 59; i++) {
      [last = 0n] = await registerAll(lineage, [[{ release: last, weight: 900_000 }]]);
    }
    const { ancestors, truncated } = await previewOf(lineage, [{ release: last, weight: 900_000 }]);
    expect(ancestors).to.have.length(60);
    expect(truncated).to.equal(false);
    let reaches = ONE;
    for (const ancestor of ancestors) {
      reaches = (reaches * 9n) / 10n;
      expect(ancestor.reaches).to.equal(reaches);
    }
    expect(ancestors.at(-1)?.release).to.equal(DATASET);
  });

  it("takes 64 contributions, and adds up what 64 get by three others", async () => {
    const lineage = await loadPeriphery();
    const leaves = await registerAll(
      lineage,
      Array.from({ length: 64 }, () => []),
    );
    const all = leaves.map((release) => ({ release, weight: 15_625 }));
    const tops = await registerAll(lineage, [all, all, all]);
    const contributions = tops.map((release) => ({ release, weight: 100_000 }));
    const { ancestors } = await previewOf(lineage, contributions);
    expect(ancestors).to.have.length(67);
    for (const { reaches } of ancestors.slice(3)) expect(reaches).to.equal((ONE * 3n) / 10n / 64n);
    const wide = await previewOf(lineage, all);
    expect(wide.ownWeight).to.equal(0n);
    expect(wide.ancestors.map(({ release }) => release)).to.deep.equal(leaves.toReversed());
  });

  it("finds room for more waiting ancestors than were asked for", async () => {
    const lineage = await loadPeriphery();
    const leaves = await registerAll(
      lineage,
      Array.from({ length: 180 }, () => []),
    );
    const lists = [leaves.slice(0, 60), leaves.slice(60, 120), leaves.slice(120)];
    const tops = await registerAll(
      lineage,
      lists.map((list) => list.map((release) => ({ release, weight: 1_000 }))),
    );
    const contributions = tops.map((release) => ({ release, weight: 1_000 }));
    const { ancestors, truncated } = await previewOf(lineage, contributions, { most: 3 });
    expect(ancestors.map(({ release }) => release)).to.deep.equal(tops.toReversed());
    expect(truncated).to.equal(true);
    const full = await previewOf(lineage, contributions, { most: 1_000 });
    expect(full.ancestors).to.have.length(183);
    expect(full.ancestors.at(-1)?.reaches).to.equal(ONE / 1_000n / 1_000n);
  });

  it("answers with as many ancestors as were asked for, the nearest in time first, and says if there are more", async () => {
    const lineage = await loadPeriphery();
    const contributions = [{ release: AGENT, weight: 400_000 }];
    const { ancestors: all } = await previewOf(lineage, contributions);
    for (const [most, truncated] of [
      [0, true],
      [1, true],
      [2, true],
      [3, false],
      [4, false],
    ] as const) {
      const answer = await previewOf(lineage, contributions, { most });
      expect(answer.ancestors).to.deep.equal(all.slice(0, most));
      expect(answer.truncated).to.equal(truncated);
    }
    expect((await previewOf(lineage, [], { most: 0 })).truncated).to.equal(false);
  });

  it("marks the contributions that need a grant", async () => {
    const lineage = await loadPeriphery();
    const { datasetOwner } = lineage;
    const closed = await registerAsset(lineage, datasetOwner, { byGrant: true });
    const open = await registerAsset(lineage, datasetOwner);
    const last = await registerAsset(lineage, datasetOwner, { byGrant: true });
    const on = async (...releases: bigint[]) =>
      (
        await previewOf(
          lineage,
          releases.map((release) => ({ release, weight: 1 })),
        )
      ).closed;
    expect(await on(DATASET, open)).to.equal(0n);
    expect(await on(closed)).to.equal(0b1n);
    expect(await on(DATASET, closed, open, last)).to.equal(0b1010n);
  });

  it("shows the floor that the release will end with, and warns above half", async () => {
    const lineage = await loadPeriphery();
    const demanding = await registerAsset(lineage, lineage.stranger, { floor: 40_000 });
    for (const [weight, floor, ends, high] of [
      [300_000, 0, 133_334n, false],
      [300_000, 133_335, 133_335n, false],
      [80_000, 0, 500_000n, false],
      [79_999, 0, 500_007n, true],
      [40_000, 0, PPM, true],
      [300_000, 500_001, 500_001n, true],
    ] as const) {
      const answer = await previewOf(lineage, [{ release: demanding, weight }], { floor });
      expect([answer.floor, answer.floorIsHigh]).to.deep.equal([ends, high]);
    }
  });

  describe("refuses as publishing does", () => {
    /** Asserts that both refuse, for the same reason. */
    async function expectBothRefused(
      lineage: Surrounded,
      { contributions = [], floor = 0 }: { contributions?: Contribution[]; floor?: number },
      error: string,
      ...args: unknown[]
    ) {
      const { ledger, preview, registry, modelOwner } = lineage;
      const draft = releaseDraft({ contributions, floor });
      const publishing = () => registry.connect(modelOwner).publish(MODEL, draft);
      await expectRefused(lineage, publishing, [ledger, error], ...args);
      const previewing = () => preview.preview(contributions, 0, floor, ALL);
      await expectRefused(lineage, previewing, [ledger, error], ...args);
    }

    for (const { title, contributions, error, args } of badContributions) {
      it(title, async () => {
        await expectBothRefused(await loadPeriphery(), { contributions }, error, ...args);
      });
    }

    it("a retired release", async () => {
      const lineage = await loadPeriphery();
      await lineage.registry.connect(lineage.datasetOwner).setRetired(DATASET, true);
      const contributions = [{ release: DATASET, weight: 1 }];
      await expectBothRefused(lineage, { contributions }, "ReleaseRetired", DATASET);
    });

    it("a weight under a floor", async () => {
      const lineage = await loadPeriphery();
      const demanding = await registerAsset(lineage, lineage.stranger, { floor: 40_000 });
      const contributions = [{ release: demanding, weight: 39_999 }];
      await expectBothRefused(lineage, { contributions }, "WeightBelowFloor", demanding, 39_999n, 40_000n);
    });

    it("a floor above the whole", async () => {
      await expectBothRefused(await loadPeriphery(), { floor: WHOLE + 1 }, "AboveWhole", 1_000_001n);
    });

    it("an own weight under the asset's keep", async () => {
      const lineage = await loadPeriphery();
      const { ledger, preview, stranger } = lineage;
      const asset = await registerAsset(lineage, stranger, { keep: 600_000 });
      const contributions = [{ release: DATASET, weight: 400_001 }];
      const error = [ledger, "OwnWeightBelowKeep"] as const;
      const publishing = () => publishRelease(lineage, stranger, asset, { contributions });
      await expectRefused(lineage, publishing, [...error], 599_999n, 600_000n);
      const previewing = () => preview.preview(contributions, 600_000, 0, ALL);
      await expectRefused(lineage, previewing, [...error], 599_999n, 600_000n);
      const exactly = await previewOf(lineage, [{ release: DATASET, weight: 400_000 }], { keep: 600_000 });
      expect(exactly.ownWeight).to.equal(600_000n);
    });
  });

  describe("on a random graph", () => {
    interface Node {
      id: bigint;
      edges: { release: bigint; weight: bigint }[];
      byGrant: boolean;
    }

    /**
     * Returns the part that reaches each ancestor, as a fraction with denominator 1e6^steps: the sum over all paths of the product of
     * their weights. Written from the definition, path by path, without the contracts' roundings.
     */
    function exactShares(edges: Node["edges"], graph: Map<bigint, Node>) {
      const steps = graph.size + 1;
      const shares = new Map<bigint, bigint>();
      const walk = (next: Node["edges"], share: bigint) => {
        for (const { release, weight } of next) {
          const passed = (share * weight) / PPM;
          shares.set(release, (shares.get(release) ?? 0n) + passed);
          walk(graph.get(release)?.edges ?? [], passed);
        }
      };
      walk(edges, PPM ** BigInt(steps));
      return { shares, denominator: PPM ** BigInt(steps) };
    }

    /** Draws a list of contributions to earlier releases; some lists are refused, for one reason or more. */
    function drawContributions(random: ReturnType<typeof seededRandom>, graph: Map<bigint, Node>) {
      const count = random.between(0, 5);
      const releases = random.shuffle([...graph.keys()]).slice(0, count);
      if (random.next() < 0.95) releases.sort((a, b) => Number(a - b));
      if (random.next() < 0.03) releases.push(BigInt(graph.size + 1));
      const most = random.pick([50_000, 150_000, 400_000]);
      return releases.map((release) => ({
        release,
        weight: BigInt(random.next() < 0.04 ? 0 : random.between(1, most)),
      }));
    }

    /** Returns the error and the arguments that a call reverts with, or nothing if it succeeds. */
    async function refusalOf(call: Promise<unknown>) {
      try {
        await call;
        return undefined;
      } catch (error) {
        const [, refusal] = /reverted with custom error '(.*)'/.exec(String(error)) ?? [];
        if (refusal === undefined) throw error;
        return refusal;
      }
    }

    async function play(lineage: Surrounded, seed: number, publisher: Signer) {
      const { registry, ledger, preview, dollar, payer } = lineage;
      const random = seededRandom(seed);
      const graph = new Map<bigint, Node>([
        [DATASET, { id: DATASET, edges: [], byGrant: false }],
        [MODEL, { id: MODEL, edges: [{ release: DATASET, weight: DATASET_WEIGHT }], byGrant: false }],
        [AGENT, { id: AGENT, edges: [{ release: MODEL, weight: MODEL_WEIGHT }], byGrant: false }],
      ]);
      const refusals = new Set<string>();
      while (graph.size < 24) {
        const contributions = drawContributions(random, graph);
        const floor = random.pick([0, 0, 0, 500, 10_000]);
        const keep = random.pick([0, 0, 0, 300_000, 900_000]);
        const byGrant = random.next() < 0.2;
        const options = { contributions, floor, keep, byGrant };
        const id = BigInt(graph.size + 1);

        const owner = await publisher.getAddress();
        const draft = {
          kind: 0,
          keep,
          metadata: "{}",
          allocations: [{ account: owner, role: 0, shares: 100_000_000n }],
        };
        const refusal = await refusalOf(
          registry.connect(publisher).register.staticCall(owner, draft, releaseDraft(options)),
        );
        expect(await refusalOf(preview.preview(contributions, keep, floor, ALL))).to.equal(refusal);
        if (refusal !== undefined) {
          refusals.add(refusal.split("(")[0] ?? "");
          continue;
        }

        const shown = await previewOf(lineage, contributions, { keep, floor });
        await registerAsset(lineage, publisher, options);
        const published = await releaseOf(lineage, id);
        expect([shown.ownWeight, shown.floor]).to.deep.equal([published.ownWeight, published.floor]);
        const closed = contributions.map(({ release }, i) => (graph.get(release)?.byGrant ? 1n << BigInt(i) : 0n));
        expect(shown.closed).to.equal(closed.reduce((left, right) => left | right, 0n));
        graph.set(id, { id, edges: contributions, byGrant });

        const { shares, denominator } = exactShares(contributions, graph);
        const descending = [...shares.keys()].sort((a, b) => Number(b - a));
        expect(shown.ancestors.map(({ release }) => release)).to.deep.equal(descending);
        const edges = [...graph.values()].reduce((sum, node) => sum + node.edges.length, 0);
        for (const { release, reaches } of shown.ancestors) {
          const exact = ((shares.get(release) ?? 0n) * ONE) / denominator;
          expect(reaches <= exact && exact - reaches <= BigInt(edges)).to.equal(true);
        }

        // A fee of 1e18 units, the first in this graph, does to the unit what was shown.
        const unpaid = await networkHelpers.takeSnapshot();
        await ledger.connect(payer).payAndSettle(id, dollar, ONE, REF, [id, ...descending]);
        for (const { release, asset, reaches, keeps } of shown.ancestors) {
          expect((await ledger.flowOf(release, dollar)).received).to.equal(reaches);
          expect((await ledger.incomeOf(asset, dollar)).income).to.equal(keeps);
        }
        await unpaid.restore();
        if (random.next() < 0.1) await registry.connect(publisher).setRetired(id, true);
      }
      return refusals;
    }

    const refusals = new Set<string>();
    for (const seed of [1, 2, 3, 4]) {
      it(`shows what publishing then does, or refuses as it does (seed ${seed})`, async () => {
        const lineage = await loadPeriphery();
        const { dollar, ledger, payer, stranger } = lineage;
        await dollar.mint(payer, 100n * ONE);
        await dollar.connect(payer).approve(ledger, 100n * ONE);
        for (const refusal of await play(lineage, seed, stranger)) refusals.add(refusal);
      });
    }

    it("meets every reason to refuse a list in these draws", () => {
      const reasons = [
        "ContributionsNotAscending",
        "OwnWeightBelowKeep",
        "ReleaseRetired",
        "UnknownRelease",
        "WeightBelowFloor",
        "WeightsAboveWhole",
        "ZeroWeight",
      ];
      expect([...refusals].sort()).to.deep.equal(reasons);
    });
  });
});
