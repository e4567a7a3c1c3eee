import { expect } from "chai";
import { ROLES } from "#protocol/kinds.ts";
import { UserError } from "#protocol/userError.ts";
import { parseAllocations, readAllocations, sharesText } from "./allocations.ts";

const [ONE, OTHER] = [`0x${"11".repeat(20)}`, `0x${"22".repeat(20)}`];
const [TRAINING, DATA] = [ROLES.indexOf("training"), ROLES.indexOf("data")];

describe("allocations of shares", () => {
  it("are read from a text and from the rows of a form", () => {
    const expected = [
      { account: ONE, role: TRAINING, shares: 60_000_000n },
      { account: OTHER, role: DATA, shares: 40_000_000n },
    ];
    expect(parseAllocations(`${ONE}:training:60000000, ${OTHER}:data:40000000`, "--shares")).to.deep.equal(expected);
    expect(
      readAllocations([
        { account: ` ${ONE} `, role: "training", percent: "60" },
        { account: OTHER, role: "data", percent: "40 %" },
      ]),
    ).to.deep.equal(expected);
  });

  for (const [text, reason] of [
    ["", "add up to 0"],
    [`${ONE}:training:60000000`, "must be exactly 100000000"],
    [`${ONE}:magic:100000000`, '"magic" is not a role'],
    ["0x12:data:100000000", "--shares: 0x12 is not an address"],
    [`${ONE}:data:0`, "is not an allocation of shares"],
    [`${ONE}:data:1:2`, "is not an allocation of shares"],
  ] as const) {
    it(`are refused: "${text}"`, () => expect(() => parseAllocations(text, "--shares")).to.throw(UserError, reason));
  }

  it("are refused row by row", () => {
    const row = { account: ONE, role: "data", percent: "100" };
    expect(() => readAllocations([{ ...row, percent: "90" }])).to.throw(UserError, "The parts add up to 90 %");
    expect(() => readAllocations([row, { ...row, percent: "" }])).to.throw(UserError, "Contributor 2 must get more");
    expect(() => readAllocations([{ ...row, account: "" }])).to.throw(UserError, "Contributor 1:  is not an address");
  });

  it("are written in per cent, rounded down", () => {
    expect(sharesText(12_500_000n)).to.equal("12.5 %");
    expect(sharesText(199n)).to.equal("0.0001 %");
    expect(sharesText(99n)).to.equal("< 0.0001 %");
    expect(sharesText(0n)).to.equal("0 %");
  });
});
