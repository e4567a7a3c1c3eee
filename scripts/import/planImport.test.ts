import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { parseLineage } from "#protocol/lineage.ts";
import { DEFAULT_IMPORT_OPTIONS, parseKindWeights, planImport } from "./planImport.ts";

type Entry = [name: string, date: string | null, dependsOn: string[], kind?: string];

const plan = (lineage: Entry[], options = DEFAULT_IMPORT_OPTIONS) => {
  const assets = lineage.map(([name, date, dependsOn, kind = "model"]) => ({
    name,
    date,
    dependsOn,
    kind,
    organization: "Acme",
  }));
  const entries = planImport(parseLineage({ assets }), options);
  const nameOf = (place: number) => `${entries[place]?.asset.name}${entries[place]?.first ? "" : "'"}`;
  return entries.map(({ contributions, label }, place) => ({
    name: nameOf(place),
    label,
    from: contributions.map((contribution) => nameOf(contribution.entry)),
    weights: contributions.map(({ weightPpm }) => weightPpm),
  }));
};
const summary = (entries: Entry[]) => plan(entries).map(({ name, from }) => `${name} <- ${from.join(" ")}`.trim());

describe("planImport", () => {
  it("registers dependencies first, whatever their order in the file", () => {
    expect(
      summary([
        ["agent", "2024-01-01", ["model"]],
        ["model", "2023-01-01", ["data"]],
        ["data", "2022-01-01", []],
      ]),
    ).to.deep.equal(["data <-", "model <- data", "agent <- model"]);
  });

  it("makes a placeholder of a dependency without an entry", () => {
    const [placeholder] = planImport(
      parseLineage({
        assets: [{ name: "model", kind: "model", organization: "Acme", date: null, dependsOn: ["nowhere"] }],
      }),
    );
    expect(placeholder?.asset).to.deep.equal({
      name: "nowhere",
      kind: "dataset",
      organization: undefined,
      date: null,
      placeholder: true,
    });
  });

  it("puts a newer dependency into a later release, which names the older ones again", () => {
    expect(
      summary([
        ["agent", "2020-01-01", ["old", "new"]],
        ["old", "2019-01-01", []],
        ["new", "2024-01-01", []],
        ["user", "2024-06-01", ["agent"]],
      ]),
    ).to.deep.equal(["old <-", "agent <- old", "new <-", "agent' <- old new", "user <- agent'"]);
  });

  it("breaks cycles, and lets an asset that names itself build on its first release", () => {
    expect(
      summary([
        ["a", "2020-01-01", ["b"]],
        ["b", "2020-02-01", ["a"]],
        ["self", "2021-01-01", ["self"]],
      ]),
    ).to.deep.equal(["a <-", "b <-", "a' <- b", "b' <- a'", "self <-", "self' <- self"]);
  });

  it("compares dates at the lower precision of the two", () => {
    expect(
      summary([
        ["model", "2022", ["data"]],
        ["data", "2022-05-01", []],
      ]),
    ).to.deep.equal(["data <-", "model <- data"]);
  });

  it("labels a release with its date, a later one with that of its newest part", () => {
    const labels = plan([
      ["agent", "2020-01-01", ["new"]],
      ["new", "2024-01-01", []],
      ["undated", null, []],
    ]).map(({ name, label }) => `${name} ${label}`);
    expect(labels).to.have.members(["undated 1", "agent 2020-01-01", "new 2024-01-01", "agent' 2024-01-01"]);
  });

  it("divides the upstream part equally, or by kind, rounded down", () => {
    const entries: Entry[] = [
      ["d", null, [], "dataset"],
      ["m", null, [], "model"],
      ["n", null, [], "model"],
      ["agent", null, ["d", "m", "n"], "agent"],
    ];
    expect(plan(entries).at(-1)?.weights).to.deep.equal([100_000, 100_000, 100_000]);
    const byKind = { ...DEFAULT_IMPORT_OPTIONS, upstreamPpm: 500_001, kindWeights: parseKindWeights("model=2") };
    expect(plan(entries, byKind).at(-1)?.weights).to.deep.equal([100_000, 200_000, 200_000]);
  });

  it("takes little more time per asset for 40,000 assets than for 5,000", () => {
    const lineageOf = (count: number) => {
      const random = seededRandom(1);
      const assets = Array.from({ length: count }, (_, i) => ({
        name: `${i}`,
        kind: "model",
        organization: "Acme",
        date: null,
        // Mostly earlier ones, listed in reverse, so that few are ready when they are first met.
        dependsOn: [...new Set(Array.from({ length: i % 9 }, () => `${random.between(0, i)}`))],
      }));
      return parseLineage({ assets: assets.toReversed() });
    };
    const timePerAsset = (count: number) => {
      const lineage = lineageOf(count);
      const times = [1, 2, 3].map(() => {
        const before = process.cpuUsage();
        planImport(lineage);
        return process.cpuUsage(before).user;
      });
      return Math.min(...times) / count;
    };
    timePerAsset(5_000); // compiles
    expect(timePerAsset(40_000) / timePerAsset(5_000)).to.be.below(4);
  });

  it("refuses more dependencies than a release can have", () => {
    const many = Array.from({ length: 65 }, (_, i) => `d${i}`);
    expect(() => plan([["m", null, many]])).to.throw("at most 64");
  });
});

describe("parseLineage", () => {
  const asset = { name: "a", kind: "model", organization: "Acme", date: "2020", dependsOn: [] };

  for (const [what, content, reason] of [
    ["something else than assets", { models: [] }, "assets"],
    ["no assets", { assets: [] }, "graph.json is not a lineage file (format: docs/lineage-files.md)"],
    ["a duplicate name", { assets: [asset, asset] }, 'duplicate name "a"'],
    ["a dependency named twice", { assets: [{ ...asset, dependsOn: ["b", "b"] }] }, 'names "b" twice'],
    ["an unknown kind", { assets: [{ ...asset, kind: "robot" }] }, "assets[0].kind"],
    ["a number for a name", { assets: [{ ...asset, name: 7 }] }, "assets[0].name"],
    ["an empty name", { assets: [{ ...asset, name: " " }] }, "must not be empty"],
    ["a date in words", { assets: [{ ...asset, date: "May 2020" }] }, "YYYY-MM-DD"],
    ["a text for dependencies", { assets: [{ ...asset, dependsOn: "b" }] }, "dependsOn"],
    ["a misspelt field", { assets: [{ ...asset, dependson: [] }] }, "dependson"],
  ] as const) {
    it(`refuses ${what}, and says where`, () => {
      expect(() => parseLineage(content, "graph.json")).to.throw(reason);
    });
  }
});

describe("parseKindWeights", () => {
  it("refuses what is not a kind or not a weight", () => {
    for (const text of ["robot=1", "model=0", "model", "model=-1"]) {
      expect(() => parseKindWeights(text)).to.throw("not the weight of a kind");
    }
  });
});
