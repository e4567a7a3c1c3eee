import type { Schemas } from "../api/client.ts";
import { accountNode, assetNode, releaseNode } from "./flowNodes.ts";
import type { Flow, FlowBand, FlowNode } from "./sankeyOf.ts";

type FeeFlows = Pick<Schemas["FeeFlows"], "fees" | "kept" | "earned" | "commons">;

/** Returns the flow of a period's fees: payers, the releases that they paid, the assets that keep a part, and their shareholders. */
export function shareholderFlow({ fees, kept, earned, commons }: FeeFlows): Flow {
  const nodes = new Map<string, FlowNode>();
  const add = (node: FlowNode) => {
    nodes.set(node.id, node);
    return node.id;
  };
  const rest = (column: string) => add({ id: `other ${column}`, name: `other ${column}`, kind: "rest" });
  const payer = (address: string | null) =>
    address === null ? rest("payers") : add(accountNode(`payer ${address}`, address, "payer"));
  const release = (id: number | null, name: string | null) =>
    id === null ? rest("releases") : add(releaseNode(`release ${id}`, id, name));
  const asset = (id: number | null, name: string | null) =>
    id === null ? rest("assets") : add(assetNode(`asset ${id}`, id, name));
  const shareholder = (address: string | null) =>
    address === null ? rest("shareholders") : add(accountNode(`shareholder ${address}`, address, "shareholder"));

  const bands: FlowBand[] = [];
  const band = (from: string, to: string, { amount }: { amount: string }) =>
    bands.push({ from, to, amount: BigInt(amount) });
  for (const each of fees) band(payer(each.payer), release(each.release, each.releaseName), each.amount);
  for (const each of kept) {
    band(release(each.release, each.releaseName), asset(each.asset, each.assetName), each.amount);
  }
  for (const each of earned) band(asset(each.asset, each.assetName), shareholder(each.account), each.amount);
  for (const each of commons) {
    band(asset(each.asset, each.assetName), add({ id: "commons", name: "commons", kind: "commons" }), each.amount);
  }
  return { nodes: [...nodes.values()], bands };
}
