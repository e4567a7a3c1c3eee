import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { type Lineage, parseLineage } from "#protocol/lineage.ts";
import { itAtLength } from "../../test/support/atLength.ts";
import { metadataOf } from "./importWork.ts";
import { matchNames } from "./matchNames.ts";
import { type NameDecisions, parseDecisions } from "./nameDecisions.ts";
import { planImport } from "./planImport.ts";
import type { RegisteredAsset } from "./readRegistry.ts";

const ACCOUNT = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const STRANGER = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc";

const lineageOf = (entries: Record<string, string[]>): Lineage =>
  parseLineage({
    assets: Object.entries(entries).map(([name, dependsOn]) => ({
      name,
      kind: "model",
      organization: "Acme",
      dependsOn,
    })),
  });
const registeredAsset = (id: number, name: string, registrant = STRANGER): RegisteredAsset => ({
  id,
  kind: "model",
  registrant,
  owner: registrant,
  name,
  shown: { name, organization: undefined },
  metadata: JSON.stringify({ name }),
  block: id,
  releases: [{ id, label: "1", block: id }],
});
const match = (lineage: Lineage, assets: RegisteredAsset[] = [], decisions: NameDecisions = new Map()) =>
  matchNames({
    lineage,
    decisions,
    registered: new Map(assets.map((asset) => [asset.id, asset])),
    account: ACCOUNT,
    placeholderKind: "dataset",
    confirmedBlock: 100,
  });
const parentsOf = (lineage: Lineage, ...rest: [RegisteredAsset[]?, NameDecisions?]) => {
  const { resolution } = match(lineage, ...rest);
  const plan = planImport(lineage, undefined, resolution);
  const nameOf = (i: number) => plan[i]?.asset.existing?.release ?? plan[i]?.asset.name;
  return plan.findLast(({ asset }) => asset.name === "user")?.contributions.map(({ entry }) => nameOf(entry));
};

describe("matchNames", () => {
  it("takes a dependency for an entry with exactly the same name, and a name like no other for a placeholder", () => {
    const lineage = lineageOf({ "BAAI/bge": [], user: ["BAAI/bge", "Wikipedia"] });
    expect(match(lineage).undecided).to.deep.equal([]);
    expect(parentsOf(lineage)).to.deep.equal(["Wikipedia", "BAAI/bge"]);
  });

  it("makes one contribution of several names for one asset", () => {
    const lineage = lineageOf({ C4: [], user: ["C4", "c4", "C-4", "mine", "Mine"] });
    expect(match(lineage, [registeredAsset(7, "mine")]).undecided.map(({ name }) => name)).to.deep.equal([
      "c4",
      "C-4",
      "mine",
      "Mine",
    ]);
    const decisions = parseDecisions({ c4: "C4", "C-4": "c4", mine: 7, Mine: 7 });
    expect(parentsOf(lineage, [registeredAsset(7, "mine")], decisions)).to.have.members(["C4", 7]);
  });

  it("lets an entry be an asset on the ledger, which is then not registered", () => {
    const lineage = lineageOf({ C4: ["Common Crawl"], user: ["C4"] });
    const assets = [registeredAsset(7, "C4")];
    expect(match(lineage, assets).twins).to.have.lengthOf(1);
    expect(parentsOf(lineage, assets, parseDecisions({ C4: 7 }))).to.deep.equal([7]);
    const { resolution } = match(lineage, assets, parseDecisions({ C4: 7 }));
    expect(planImport(lineage, undefined, resolution).map(({ asset }) => asset.name)).to.deep.equal(["C4", "user"]);
  });

  it("does not ask again about what an earlier run has registered", () => {
    const lineage = lineageOf({ "BAAI/bge": [], user: ["baai/bge"] });
    const placeholder = metadataOf({
      name: "baai/bge",
      kind: "dataset",
      organization: undefined,
      date: null,
      placeholder: true,
    });
    const earlier = { ...registeredAsset(3, "baai/bge", ACCOUNT), metadata: placeholder };
    expect(match(lineage, [earlier]).undecided).to.deep.equal([]);
    expect(match(lineage, [{ ...earlier, registrant: STRANGER }]).undecided).to.have.lengthOf(1);
  });

  it("builds on no release that has too few confirmations", () => {
    const fresh = registeredAsset(101, "Fresh");
    expect(() => match(lineageOf({ user: ["Fresh"] }), [fresh], parseDecisions({ Fresh: 101 }))).to.throw(
      "too few confirmations",
    );
  });

  itAtLength("plans 60,000 assets with 270,000 dependencies in about ten times the time of 6,000", function () {
    this.timeout(120_000);
    const lineageOfSize = (count: number) => {
      const random = seededRandom(1);
      const nameOf = (i: number) => `org-${i % 977}/Model-${i}-instruct`;
      const assets = Array.from({ length: count }, (_, i) => ({
        name: nameOf(i),
        kind: "model",
        organization: "Acme",
        // A hundredth of the dependencies has no entry; most of these are like one.
        dependsOn: [
          ...new Set(
            Array.from({ length: Math.min(i, 4 + (i % 2)) }, () =>
              random.between(0, 99) === 0 ? `Modle-${random.between(0, i)}-instruct` : nameOf(random.between(0, i)),
            ),
          ),
        ],
      }));
      return parseLineage({ assets });
    };
    const timePerAsset = (count: number) => {
      const lineage = lineageOfSize(count);
      const times = [1, 2].map(() => {
        const begin = performance.now();
        const { resolution, undecided } = match(lineage);
        planImport(lineage, undefined, resolution);
        expect(undecided.length).to.be.greaterThan(count / 100);
        return performance.now() - begin;
      });
      return Math.min(...times) / count;
    };
    timePerAsset(1_000); // compiles
    const [small, large] = [timePerAsset(6_000), timePerAsset(60_000)];
    expect(large / small).to.be.below(4);
  });
});
