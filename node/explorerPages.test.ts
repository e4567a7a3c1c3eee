import { expect } from "chai";
import { networkOf } from "#protocol/networks/networks.ts";
import { addressUrl, transactionUrl } from "./explorerPages.ts";

describe("a block explorer's pages", () => {
  it("exist for transactions and accounts, if the explorer is known", () => {
    expect(transactionUrl(84_532, "0x1")).to.equal("https://sepolia.basescan.org/tx/0x1");
    expect(addressUrl(84_532, "0x2")).to.equal("https://sepolia.basescan.org/address/0x2");
    expect(networkOf(5)).to.equal(undefined);
    expect(transactionUrl(5, "0x1")).to.equal(undefined);
  });
});
