import { expect } from "chai";
import { truncate } from "./truncate.ts";

describe("truncate", () => {
  it("keeps a short text, and cuts a long one", () => {
    expect(truncate("abc", 3)).to.equal("abc");
    expect(truncate("abcd", 3)).to.equal("abc");
    expect(truncate("", 3)).to.equal("");
  });

  it("counts code points, and cuts none of them in two", () => {
    expect(truncate("ab😀", 2)).to.equal("ab");
    expect(truncate("ab😀", 3)).to.equal("ab😀");
    expect(truncate("ab😀c", 3)).to.equal("ab😀");
    expect(truncate("😀", 1)).to.equal("😀");
    expect(truncate("😀", 0)).to.equal("");
  });
});
