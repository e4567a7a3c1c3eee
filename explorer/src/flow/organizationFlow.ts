import type { Schemas } from "../api/client.ts";
import { plainText } from "../format/plainText.ts";
import { type FlowBand, type FlowNode, type Flow } from "./sankeyOf.ts";

const keyOf = ({ organization, asset }: Schemas["Organization"]) =>
  organization === null ? `asset ${asset}` : `org ${organization}`;

/**
 * Returns the flow between organizations over a period: on the left those whose releases were paid, on the right those
 * whose assets keep a part. An organization whose assets keep a part of its own fees is on both sides.
 */
export function organizationFlow({ flows, rest }: Pick<Schemas["OrganizationFlows"], "flows" | "rest">): Flow {
  const nodes = new Map<string, FlowNode>();
  const add = (side: "paid" | "earns", of: Schemas["Organization"]) => {
    const id = `${side} ${keyOf(of)}`;
    const name = plainText(of.organization ?? "", 28) || `asset ${of.asset}`;
    const to = of.organization === null ? { to: `/assets/${of.asset}` } : {};
    nodes.set(id, { id, name, kind: side === "paid" ? "organization" : "asset", ...to });
    return id;
  };
  const bands: FlowBand[] = flows.map(({ from, to, amount }) => ({
    from: add("paid", from),
    to: add("earns", to),
    amount: BigInt(amount.amount),
  }));
  if (rest.amount !== "0") {
    nodes.set("others", { id: "others", name: "others", kind: "rest" });
    nodes.set("to others", { id: "to others", name: "others", kind: "rest" });
    bands.push({ from: "others", to: "to others", amount: BigInt(rest.amount) });
  }
  return { nodes: [...nodes.values()], bands };
}
