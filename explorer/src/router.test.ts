import { expect } from "chai";
import { href, matchPath, parseHash } from "./router.ts";

describe("parseHash", () => {
  it("reads a place from an untrusted address", () => {
    expect(parseHash("#/assets/3?a=b")).to.deep.include({ path: ["assets", "3"] });
    expect(parseHash("").path).to.deep.equal([]);
    expect(parseHash("#//assets//%zz/").path).to.deep.equal(["assets", "%zz"]);
    expect(parseHash("#/a?b=%zz&c").query.get("c")).to.equal("");
  });

  it("decodes the parts of a path, and reads the first of several values of a name", () => {
    expect(parseHash("#/accounts/a%2Fb%20c").path).to.deep.equal(["accounts", "a/b c"]);
    expect(parseHash("#/a?x=1&x=2").query.get("x")).to.equal("1");
    expect(parseHash("#?x=1").path).to.deep.equal([]);
    expect(parseHash("/assets").path, "without the #").to.deep.equal(["assets"]);
    expect(parseHash("#/a#b").path).to.deep.equal(["a#b"]);
  });
});

describe("href", () => {
  it("leaves out names without a value", () => {
    expect(href("/")).to.equal("#/");
    expect(href("/assets", { search: "", kind: undefined })).to.equal("#/assets");
    expect(href("/fees", { release: 0, payer: "0x1" })).to.equal("#/fees?release=0&payer=0x1");
  });

  it("encodes any text so that it is read back unchanged", () => {
    for (const text of ["a b", "ü & ?=#+", "100 %", "😀", '"><script>']) {
      expect(parseHash(href("/assets", { search: text })).query.get("search")).to.equal(text);
    }
  });
});

describe("matchPath", () => {
  it("returns the part at the colon", () => {
    expect(matchPath("assets/:", ["assets", "3"])).to.equal("3");
    expect(matchPath("releases/:/lineage", ["releases", "7", "lineage"])).to.equal("7");
    expect(matchPath("assets", ["assets"])).to.equal("");
    expect(matchPath("", [])).to.equal("");
  });

  it("does not match a longer, a shorter or a different path", () => {
    expect(matchPath("assets/:", ["assets"])).to.equal(undefined);
    expect(matchPath("assets/:", ["assets", "3", "x"])).to.equal(undefined);
    expect(matchPath("assets/:", ["fees", "3"])).to.equal(undefined);
    expect(matchPath("", ["assets"])).to.equal(undefined);
    expect(matchPath("releases/:/lineage", ["releases", "7", "Lineage"])).to.equal(undefined);
  });
});
