import { expect } from "chai";
import { load } from "../support/contracts/fixture.ts";

/** The fields that a marketplace reads at a contract's address (ERC-7572). */
const fetchJson = async (uri: string) => (await fetch(uri)).json();

describe("AssetRegistry.contractURI", () => {
  it("gives marketplaces the name of the collection of assets", async () => {
    const { registry } = await load();
    expect(await fetchJson(await registry.contractURI())).to.deep.equal({ name: "Tributary assets", symbol: "TRIB" });
  });
});

describe("FeeLedger.contractURI", () => {
  it("gives marketplaces the name of the collection of shares", async () => {
    const { ledger } = await load();
    expect(await fetchJson(await ledger.contractURI())).to.deep.equal({ name: "Tributary shares", symbol: "TRIB" });
  });
});
