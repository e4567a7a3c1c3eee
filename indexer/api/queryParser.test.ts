import { expect } from "chai";
import { queryParser } from "./queryParser.ts";

describe("queryParser", () => {
  it("parses a query once while it is in the cache", () => {
    const parsed = queryParser();
    const first = parsed("{ first }");
    for (let i = 0; i < 255; i++) parsed(`{ other${i} }`);
    expect(parsed("{ first }")).to.equal(first);
    for (let i = 0; i < 256; i++) parsed(`{ more${i} }`);
    expect(parsed("{ first }")).not.to.equal(first);
  });

  it("refuses a text that is not a query, with the place, and a query with too many tokens", () => {
    const parsed = queryParser();
    expect(() => parsed("{ first"))
      .to.throw("Expected Name")
      .with.deep.property("locations", [{ line: 1, column: 8 }]);
    expect(() => parsed(`{ ${"a ".repeat(4_000)} }`)).to.throw("4000 tokens");
  });
});
