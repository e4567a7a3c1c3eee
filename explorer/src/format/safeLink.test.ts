import { expect } from "chai";
import { safeLink } from "./safeLink.ts";

describe("safeLink", () => {
  it("accepts only addresses that a browser opens without running anything", () => {
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

  it("accepts addresses in any spelling, up to 2,000 characters", () => {
    expect(safeLink(" HTTPS://EXAMPLE.org ")).to.equal("https://example.org/");
    expect(safeLink("http://例え.jp/ü")).to.equal("http://xn--r8jz45g.jp/%C3%BC");
    const longest = `https://example.org/${"x".repeat(1_980)}`;
    expect(safeLink(longest)).to.equal(longest);
    expect(safeLink(`${longest}x`)).to.equal(undefined);
  });
});
