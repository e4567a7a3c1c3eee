import { expect } from "chai";
import { usd } from "../../../test/support/usd.ts";
import { organizationFlow } from "./organizationFlow.ts";
import { sankeyOf } from "./sankeyOf.ts";

const acme = { organization: "Acme", asset: null };
const nameless = { organization: null, asset: 3 };

describe("organizationFlow", () => {
  it("has an organization that earns from its own release on both sides", () => {
    const flow = organizationFlow({ flows: [{ from: acme, to: acme, amount: usd(7) }], rest: usd(0) });
    expect(flow).to.deep.equal({
      nodes: [
        { id: "paid org Acme", name: "Acme", kind: "organization" },
        { id: "earns org Acme", name: "Acme", kind: "asset" },
      ],
      bands: [{ from: "paid org Acme", to: "earns org Acme", amount: 7n }],
    });
    expect(sankeyOf(flow, 800).bands.length).to.equal(1);
  });

  it("names and links an asset without an organization", () => {
    const { nodes } = organizationFlow({ flows: [{ from: nameless, to: acme, amount: usd(1) }], rest: usd(0) });
    expect(nodes[0]).to.deep.equal({ id: "paid asset 3", name: "asset 3", kind: "organization", to: "/assets/3" });
  });

  it("keeps organizations apart from assets and from the rest, whatever their names", () => {
    const names = ["asset 3", "others", "to others", ""];
    const { nodes } = organizationFlow({
      flows: [nameless, ...names.map((organization) => ({ organization, asset: null }))].map((from) => ({
        from,
        to: acme,
        amount: usd(1),
      })),
      rest: usd(1),
    });
    expect(new Set(nodes.map(({ id }) => id)).size).to.equal(nodes.length);
    expect(nodes.length).to.equal(1 + names.length + 1 + 2);
  });

  it("puts the rest, if there is any, into a band between others", () => {
    expect(organizationFlow({ flows: [], rest: usd(0) })).to.deep.equal({ nodes: [], bands: [] });
    const { nodes, bands } = organizationFlow({ flows: [], rest: usd(2n ** 100n) });
    expect(nodes.map(({ name, kind }) => `${name} ${kind}`)).to.deep.equal(["others rest", "others rest"]);
    expect(bands).to.deep.equal([{ from: "others", to: "to others", amount: 2n ** 100n }]);
  });
});
