import { expect } from "chai";
import { LocalOwners, mappedOwners } from "./owners.ts";
import type { ImportAsset } from "./planImport.ts";

const ALICE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const BOB = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const CUSTODIAN = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

const asset = (name: string, organization: string | undefined): ImportAsset => ({
  name,
  kind: "dataset",
  organization,
  date: null,
  placeholder: organization === undefined,
});

describe("LocalOwners", () => {
  it("gives each organization one account, and placeholders one together", () => {
    const { ownerOf } = new LocalOwners();
    const [a, b, c] = [asset("a", "Acme"), asset("b", "Acme"), asset("c", "Other")].map((each) => ownerOf(each).owner);
    expect(a).to.equal(b);
    expect(a).not.to.equal(c);
    expect(ownerOf(asset("x", undefined)).owner).to.equal(ownerOf(asset("y", undefined)).owner);
  });
});

describe("mappedOwners", () => {
  const contributors = [
    { account: ALICE, role: "data", shares: 60_000_000 },
    { account: BOB, role: "labelling", shares: "40000000" },
  ];

  it("maps an asset before its organization", () => {
    const ownerOf = mappedOwners({ organizations: { Acme: { owner: ALICE } }, assets: { b: { owner: BOB } } });
    expect(ownerOf(asset("a", "Acme"))).to.deep.equal({
      owner: ALICE,
      contributors: [{ account: ALICE, role: "data", shares: 100_000_000n }],
    });
    expect(ownerOf(asset("b", "Acme")).owner).to.equal(BOB);
  });

  it("takes contributors with their shares", () => {
    const ownerOf = mappedOwners({ assets: { a: { owner: BOB, contributors } } });
    expect(ownerOf(asset("a", undefined)).contributors.map(({ shares }) => shares)).to.deep.equal([
      60_000_000n,
      40_000_000n,
    ]);
  });

  it("refuses an asset that nobody is mapped for, unless a custodian is named", () => {
    expect(() => mappedOwners({})(asset("a", "Acme"))).to.throw('"a" of "Acme" has no owner');
    expect(() => mappedOwners({})(asset("x", undefined))).to.throw("has no entry of its own");
    expect(mappedOwners({}, CUSTODIAN)(asset("a", "Acme")).owner).to.equal(CUSTODIAN);
  });

  it("is not misled by names of an object's built-in properties", () => {
    const ownerOf = mappedOwners({}, CUSTODIAN);
    expect(ownerOf(asset("constructor", "toString")).owner).to.equal(CUSTODIAN);
  });

  for (const [what, content, reason] of [
    ["an owner that is no address", { organizations: { Acme: { owner: "0x1234" } } }, "is not an address"],
    ["shares that do not add up", { assets: { a: { owner: BOB, contributors: contributors.slice(1) } } }, "100000000"],
    [
      "an unknown role",
      { assets: { a: { owner: BOB, contributors: [{ ...contributors[0], role: "boss" }] } } },
      "role",
    ],
    ["a list", [], "owners.json is not an owners file (format: docs/lineage-files.md)"],
    ["a misspelt field", { organisations: {} }, "organisations"],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(() => mappedOwners(content, undefined, "owners.json")).to.throw(reason);
    });
  }

  it("refuses a custodian that is no address", () => {
    expect(() => mappedOwners({}, "me")).to.throw("me is not an address");
  });
});
