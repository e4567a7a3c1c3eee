import { join } from "node:path";
import { expect } from "chai";
import { languageFaults, projectTexts } from "./support/language.ts";

describe("the language of the project (CONTRIBUTING.md)", () => {
  it("is kept in every text", () => {
    expect(languageFaults(projectTexts(join(import.meta.dirname, ".."))).join("\n")).to.equal("");
  });

  for (const [path, line, reason] of [
    ["indexer/planted.ts", "/** What is so. */", 'a comment starts with "What"'],
    ["client/planted.ts", " * Whether it is so.", 'a comment starts with "Whether"'],
    ["explorer/src/planted.tsx", "  {/* How it goes. */}", 'a comment starts with "How"'],
    ["protocol/planted.ts", "// So it stays.", 'a comment starts with "So"'],
    ["protocol/planted.ts", "const x = 1; // By then it is there.", 'a comment starts with "By"'],
    ["node/planted.ts", "/** @returns Of all of them, one. */", 'a comment starts with "Of"'],
    ["contracts/Planted.sol", "    /// @notice Who may do it.", 'a comment starts with "Who"'],
    ["scripts/planted.ts", "export function found() {", '"found" names no thing'],
    ["docs/planted.md", "It is read anew.", '"anew" has a plain word'],
    ["README.md", "There are so many of them.", '"so many" has a plain word'],
    ["indexer/planted.ts", 'const help = "64 unless given";', '"unless given" has a plain word'],
  ] as const) {
    it(`finds ${reason}, in ${path}`, () => {
      expect(languageFaults([{ path, text: `first\n${line}\n` }])).to.deep.equal([`${path}:2: ${reason}`]);
    });
  }

  it("lets a sentence hold these words, and a text that is no comment begin with them", () => {
    const text = ["/** Returns what was paid, and by whom. */", 'const title = "How it works";', "what = 1;"].join(
      "\n",
    );
    expect(languageFaults([{ path: "indexer/planted.ts", text }])).to.deep.equal([]);
  });
});
