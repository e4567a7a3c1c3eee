import { join } from "node:path";
import { expect } from "chai";
import {
  crowdedFolders,
  importCircles,
  LARGEST_FOLDER,
  productSources,
  type Sources,
  wrongImports,
} from "./support/rooms.ts";

const ROOT = join(import.meta.dirname, "..");

describe("the rooms of the house (docs/architecture.md)", () => {
  let sources: Sources;

  before(() => {
    sources = productSources(ROOT);
  });

  it("import one way", () => {
    expect(wrongImports(sources)).to.deep.equal([]);
  });

  it("import in no circle, types included", () => {
    expect(importCircles(sources)).to.deep.equal([]);
  });

  it(`have at most ${LARGEST_FOLDER} files in a folder`, () => {
    expect(crowdedFolders(sources)).to.deep.equal([]);
  });

  for (const [file, text, imported] of [
    ["explorer/src/planted.ts", 'import { x } from "../../indexer/live/indexer.ts";', "indexer/live/indexer.ts"],
    ["explorer/src/planted.ts", 'import type { Log } from "#node/log.ts";', "node/log.ts"],
    ["protocol/planted.ts", 'const x = await import("#client/acts/pay.ts");', "client/acts/pay.ts"],
    ["protocol/planted.ts", 'import { readFile } from "node:fs/promises";', "package node:fs/promises"],
    ["node/planted.ts", 'export { x } from "../client/x.ts";', "client/x.ts"],
    ["indexer/planted.ts", 'import "#client/x.ts";', "client/x.ts"],
    ["scripts/keeper/planted.ts", 'import type { View } from "../../indexer/live/view.ts";', "indexer/live/view.ts"],
    ["scripts/planted.ts", 'import { x } from "../test/support/rooms.ts";', "test/support/rooms.ts"],
    [
      "contracts/FeeLedger.sol",
      'import {Inlet} from "./periphery/payments/Inlet.sol";',
      "contracts/periphery/payments/Inlet.sol",
    ],
  ] as const) {
    it(`finds a wrong import: ${imported} in ${file}`, () => {
      expect(wrongImports(new Map([[file, text]]))).to.deep.equal([`${file}: imports ${imported}`]);
    });
  }

  it("lets the first run and the client's generator import the indexer", () => {
    const text = 'import { x } from "../../indexer/api/createServer.ts";';
    for (const file of ["scripts/demo/planted.ts", "scripts/client/planted.ts"]) {
      expect(wrongImports(new Map([[file, text]]))).to.deep.equal([]);
    }
  });

  it("finds a circle, though only types go round in it", () => {
    const circle = new Map([
      ["protocol/a.ts", 'import type { B } from "./b.ts";'],
      ["protocol/b.ts", 'import { c } from "./c.ts";'],
      ["protocol/c.ts", 'export type { A } from "./a.ts";'],
      ["protocol/d.ts", 'import { a } from "./a.ts";'],
    ]);
    expect(importCircles(circle).map((group) => group.toSorted())).to.deep.equal([
      ["protocol/a.ts", "protocol/b.ts", "protocol/c.ts"],
    ]);
  });

  it("finds a crowded folder", () => {
    const files = Array.from({ length: LARGEST_FOLDER + 1 }, (_, i) => [`node/many/${i}.ts`, ""] as const);
    expect(crowdedFolders(new Map(files))).to.deep.equal([`node/many: ${LARGEST_FOLDER + 1}`]);
  });
});
