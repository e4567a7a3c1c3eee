import { expect } from "chai";
import { truncate } from "./truncate.ts";

describe("truncate", () => {
  it("keeps a short text, and cuts a long one", () => {
    expect(truncate("abc", 3)).to.equal("abc");
    expect(truncate("abcd", 3)).to.equal("abc");
    expect(truncate("", 3)).to.equal("");
  });

  it("leaves out a character that would be cut in two", () => {
    expect(truncate("ab😀", 3)).to.equal("ab");
    expect(truncate("ab😀", 4)).to.equal("ab😀");
    expect(truncate("😀", 1)).to.equal("");
  });
});
