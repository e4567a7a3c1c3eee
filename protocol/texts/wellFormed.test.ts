import { expect } from "chai";
import { strictJson, textOfBytes, wellFormed } from "./wellFormed.ts";

describe("wellFormed", () => {
  it("replaces what strict readers refuse, and nothing else", () => {
    expect(wellFormed("a\ud83e\0\udd99b")).to.equal("a\ufffd\ufffd\ufffdb");
    for (const text of ["", "🦙", "\u0001\u2028\uffff\ufffd", "\\u0000"]) expect(wellFormed(text)).to.equal(text);
  });
});

describe("textOfBytes", () => {
  it("reads UTF-8, and replaces what is none", () => {
    expect(textOfBytes("0xf09fa699")).to.equal("🦙");
    expect(textOfBytes("0x61f09fa6")).to.equal("a\ufffd");
    expect(textOfBytes("0xeda0be")).to.equal("\ufffd\ufffd\ufffd"); // half a surrogate pair
    expect(textOfBytes("0x610062")).to.equal("a\ufffdb");
    expect(textOfBytes("0xefbbbfefbbbf61efbbbf")).to.equal("a\ufeff");
  });
});

describe("strictJson", () => {
  it("is JSON.stringify for strict texts", () => {
    for (const value of [null, 1, "🦙", { a: ["\u0001\\u0000\\ud83e\n", { b: undefined }] }]) {
      expect(strictJson(value)).to.equal(JSON.stringify(value));
    }
    expect(strictJson(undefined)).to.equal(undefined);
  });

  it("replaces what strict readers refuse", () => {
    expect(strictJson({ a: ["\0", "\ud83e\\u0000"] })).to.equal(String.raw`{"a":["�","�\\u0000"]}`);
  });
});
