import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { parseContributions, sortContributions, splitContributions } from "./contributions.ts";

describe("contributions, as they are typed", () => {
  it("are read in ppm or per cent, by ascending release", () => {
    expect(parseContributions(" 15:5%, 12:300000,")).to.deep.equal([
      { release: 12, weight: 300_000 },
      { release: 15, weight: 50_000 },
    ]);
    expect(parseContributions("")).to.deep.equal([]);
    expect(parseContributions("1:60%,2:40%")).to.have.lengthOf(2);
  });

  for (const [text, reason] of [
    ["1", "is not a contribution"],
    ["1:", "is not a contribution"],
    ["#1:5%", "is not a contribution"],
    ["0:5%", "is not a release"],
    ["1:101%", "The weight of release 1 must be"],
    ["2:5%,2:6%", "Release 2 is named twice"],
    ["1:60%,2:40.0001%", "add up to 100.0001 %"],
  ] as const) {
    it(`are refused: "${text}"`, () => expect(() => parseContributions(text)).to.throw(UserError, reason));
  }

  it("are split behind their weights, whatever a name contains", () => {
    expect(splitContributions("Llama 3:20%, 12:5%,Foo, Inc.: Bar:1%,a:b:300000,")).to.deep.equal([
      { release: "Llama 3", weight: "20%" },
      { release: "12", weight: "5%" },
      { release: "Foo, Inc.: Bar", weight: "1%" },
      { release: "a:b", weight: "300000" },
    ]);
  });

  it("are not taken apart if one has no weight: its text joins the next one, which then names nothing", () => {
    expect(splitContributions("12,Llama 3:20%")).to.deep.equal([{ release: "12, Llama 3", weight: "20%" }]);
    expect(() => splitContributions("12:5%,Llama 3")).to.throw(UserError, '"Llama 3" is not a contribution');
  });

  it("are sorted into a new list", () => {
    const given = [
      { release: 2, weight: 1 },
      { release: 1, weight: 1 },
    ];
    expect(sortContributions(given).map(({ release }) => release)).to.deep.equal([1, 2]);
    expect(given.map(({ release }) => release)).to.deep.equal([2, 1]);
  });
});
