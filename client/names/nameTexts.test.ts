import { expect } from "chai";
import { isIdLike } from "./idLike.ts";
import { Names, namesText, shownName } from "./nameTexts.ts";

describe("isIdLike", () => {
  for (const text of [
    "12",
    "#12",
    " 12 ",
    "１２", // full width
    "١٢", // Arabic digits
    "⑫",
    "1\u200b2",
    "12.",
    "№ 12",
    "release 12",
    "Release #12",
    "ASSET12",
    "releases: 12",
    "id 12",
    "no. 12",
    "0x12",
    "1e3",
    "1.5E+3",
    "0xABCDEF",
    "",
    "12:20%",
    "…",
  ]) {
    it(`takes ${JSON.stringify(text)} for an id`, () => expect(isIdLike(text)).to.equal(true));
  }

  for (const text of ["Llama 3", "o1", "3D-Unet", "release notes", "R2", "release 12 of Llama", "Ⅻ"]) {
    it(`does not take ${text} for an id`, () => expect(isIdLike(text)).to.equal(false));
  }
});

describe("names beside ids", () => {
  for (const [name, shown] of [
    ["Llama 3 8B", "Llama 3 8B"],
    ["meta-llama/Llama-3.1", "meta-llama/Llama-3.1"],
    ["Größe", "Größe"],
    ["x) and release 7 (Llama 3", '"x) and release 7 (Llama 3"'],
    ["Llama · Meta", '"Llama · Meta"'],
    ['say "yes"', `"say 'yes'"`],
    ["“release 7”", `"'release 7'"`],
    ["7", '"7"'],
    ["release 7", '"release 7"'],
    ["my release 7", '"my release 7"'],
    ["0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", '"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"'],
    ["Paid. Send it? [y/N]", '"Paid. Send it? [y/N]"'],
    ["a\nrelease 7\r\u001b[2Kb", '"a release 7 [2Kb"'],
    ["Lla\u200bma\u202e3", "Llama3"],
    ["\u0301accent first", '"\u0301accent first"'],
    ["a".repeat(100), `${"a".repeat(59)}…`],
    ["שלום", "\u2068שלום\u2069"], // would turn the amounts behind it around
  ] as const) {
    it(`shows ${JSON.stringify(name.slice(0, 40))} as ${JSON.stringify(shown.slice(0, 45))}`, () =>
      expect(shownName(name)).to.equal(shown));
  }

  it("have the organization behind the name", () => {
    expect(namesText({ name: "Llama 3", organization: "Meta" })).to.equal("Llama 3 · Meta");
    expect(namesText({ name: "Llama 3", organization: 'Meta") 100 %' })).to.equal(`Llama 3 · "Meta') 100 %"`);
    expect(namesText({ name: undefined, organization: "Meta" })).to.equal(undefined);
  });

  it("stand in brackets behind ids, as far as they were read", () => {
    const names = new Names();
    names.addAsset(5, { name: "Llama 3", organization: "Meta" });
    names.addAsset(6, { name: undefined, organization: undefined });
    names.addRelease(12, 5);
    names.addRelease(13, 6);
    names.addRelease(14, 7);
    expect(names.release(12)).to.equal("release 12 (Llama 3 · Meta)");
    expect(names.asset(5)).to.equal("asset 5 (Llama 3 · Meta)");
    expect(names.release(5)).to.equal("release 5 (Llama 3 · Meta)");
    expect(names.assetId(5)).to.equal("5 (Llama 3 · Meta)");
    for (const release of [13, 14, 15]) expect(names.release(release)).to.equal(`release ${release}`);
  });
});
