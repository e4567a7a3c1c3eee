import { expect } from "chai";
import { readMetadata } from "./metadata.ts";

describe("readMetadata", () => {
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

  it("leaves out the fields that the page shows elsewhere, and keeps texts unchanged", () => {
    const text = JSON.stringify({
      name: "x",
      organization: "Acme",
      description: "",
      quote: '"',
      none: null,
      yes: true,
    });
    expect(readMetadata(text)).to.deep.equal({
      description: "",
      lines: [
        { name: "quote", value: '"' },
        { name: "none", value: "null" },
        { name: "yes", value: "true" },
      ],
    });
    expect(readMetadata("{}")).to.deep.equal({ description: undefined, lines: [] });
  });

  it("returns the first 40 fields", () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`field ${i}`, i]));
    const { lines } = readMetadata(JSON.stringify(many)) ?? { lines: [] };
    expect(lines.map(({ name }) => name)).to.deep.equal(Array.from({ length: 40 }, (_, i) => `field ${i}`));
  });
});
