import { expect } from "chai";
import { pluralize, formatBase, formatPpm, formatUnits } from "../../explorer/src/format/amount.ts";
import { readMetadata } from "../../explorer/src/format/metadata.ts";
import { plainText } from "../../explorer/src/format/plainText.ts";
import { safeLink } from "../../explorer/src/format/safeLink.ts";
import { parseHash } from "../../explorer/src/router.ts";

/** Groups of digits are kept apart by a thin space that does not break. */
const thin = (text: string) => text.replaceAll("_", "\u202f");

describe("what the explorer makes of values", () => {
  for (const [base, decimals, text, whole] of [
    ["0", 6, "0.000000", true],
    ["1", 6, "0.000001", true],
    ["1234567890123", 6, "1_234_567.890123", true],
    ["-1234567", 6, "−1.234567", true],
    ["5", 0, "5", true],
    ["1000000000000000000", 18, "1", true],
    ["1500000000000000000", 18, "1.5", true],
    ["1234567890123456789", 18, "1.23456789…", false],
    ["123", 18, "0.000000000000000123", true],
    ["123456", 18, "0.0000000000001234…", false],
    ["-999999999999999999", 18, "−0.99999999…", false],
    ["5192296858534827628530496329220095", 18, "5_192_296_858_534_827.62853049…", false],
  ] as const) {
    it(`shows ${base} of ${decimals} decimals as ${text}, never rounded`, () => {
      expect(formatUnits(base, decimals)).to.deep.equal({ text: thin(text), whole });
    });
  }

  it("shows every digit where that is asked for", () => {
    expect(formatUnits("1234567890123456789", 18, 255).text).to.equal("1.234567890123456789");
    expect(formatBase("-1234567")).to.equal(thin("−1_234_567"));
  });

  it("shows parts per million as percentages, the smallest as such", () => {
    expect([1_000_000, 250_000, 42_857, 1, 0.5, 0].map(formatPpm)).to.deep.equal(
      ["100_%", "25_%", "4.286_%", "0.0001_%", "<_0.0001_%", "0_%"].map(thin),
    );
  });

  it("counts one of something, and several", () => {
    expect([0, 1, 2, 1_234].map((count) => pluralize(count, "asset"))).to.deep.equal(
      ["0 assets", "1 asset", "2 assets", "1_234 assets"].map(thin),
    );
  });

  it("makes one harmless line of whatever was written", () => {
    expect(plainText("a\u202eb\u0000c\n\n d\u2066")).to.equal("abc d");
    expect(plainText("Z" + "\u0301".repeat(50))).to.equal("Z\u0301\u0301");
    expect([...plainText("x".repeat(10_000))].length).to.equal(80);
    expect(plainText("\u200b\u200b")).to.equal("");
    expect(plainText("👩‍🔬".repeat(3))).to.equal("👩🔬👩🔬👩🔬");
  });

  it("makes links only of what a browser opens without doing anything else", () => {
    expect(safeLink("https://example.org/a b")).to.equal("https://example.org/a%20b");
    expect(safeLink("ipfs://bafy")).to.equal("ipfs://bafy");
    for (const text of [
      "javascript:alert(1)",
      " JaVaScRiPt:alert(1)",
      "java\nscript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "file:///etc/passwd",
      "blob:https://x",
      "//example.org",
      "/v1",
      "example.org",
      "",
      `https://${"x".repeat(3_000)}`,
    ]) {
      expect(safeLink(text), text).to.equal(undefined);
    }
  });

  it("reads metadata of any shape", () => {
    expect(readMetadata('{"name":"x","description":"d","a":1,"b":{"c":[]}}')).to.deep.equal({
      description: "d",
      lines: [
        { name: "a", value: "1" },
        { name: "b", value: '{"c":[]}' },
      ],
    });
    expect(readMetadata('{"description":{"x":1}}')?.description).to.equal(undefined);
    expect(readMetadata('{"__proto__":{"polluted":1}}')?.lines).to.deep.equal([
      { name: "__proto__", value: '{"polluted":1}' },
    ]);
    for (const text of ["", "{", "[]", "null", "3", '"x"']) expect(readMetadata(text), text).to.equal(undefined);
  });

  it("reads a place from an address that anyone may have made", () => {
    expect(parseHash("#/assets/3?a=b")).to.deep.include({ path: ["assets", "3"] });
    expect(parseHash("").path).to.deep.equal([]);
    expect(parseHash("#//assets//%zz/").path).to.deep.equal(["assets", "%zz"]);
    expect(parseHash("#/a?b=%zz&c").query.get("c")).to.equal("");
  });
});
