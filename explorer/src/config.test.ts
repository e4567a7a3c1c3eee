import { expect } from "chai";
import { choosePlace } from "./config.ts";

const BASE = "https://example.org/explorer/";
const FIRST = { api: "api/", chainId: 1 };
const SECOND = { api: "https://api.example.org/chains/10", chainId: 10, rpc: "https://node.example.org" };

describe("choosePlace", () => {
  it("chooses the first chain and lists the others", () => {
    const api = `${BASE}api/`;
    expect(choosePlace([FIRST, SECOND], "", BASE)).to.deep.equal({ ...FIRST, api, others: [SECOND] });
    expect(choosePlace([{ api: "." }], "", BASE)).to.deep.equal({ api: BASE, others: [] });
  });

  it("chooses the chain that the page's address names, if it exists", () => {
    expect(choosePlace([FIRST, SECOND], "?chain=10", BASE)).to.deep.equal({ ...SECOND, others: [FIRST] });
    for (const search of ["?chain=11", "?chain=", "?chain=x", "?chain=10x", "?other=10"]) {
      expect(choosePlace([FIRST, SECOND], search, BASE).chainId, search).to.equal(1);
    }
  });

  it("rejects a file without chains", () => {
    expect(() => choosePlace([], "?chain=1", BASE)).to.throw("names no chain");
  });
});
