import type { Schemas } from "../api/client.ts";
import { plainText } from "../format/plainText.ts";
import { shortAddress } from "../parts/shortAddress.ts";
import type { Flow, FlowBand, FlowNode } from "./sankeyOf.ts";

type FeeFlows = Pick<Schemas["FeeFlows"], "payments" | "keeps" | "earnings" | "commons">;

/** The fees of a period: payers, the releases that they paid, the assets that keep something of it, and their shareholders. */
export function peopleFlow({ payments, keeps, earnings, commons }: FeeFlows): Flow {
  const nodes = new Map<string, FlowNode>();
  const bands: FlowBand[] = [];
  const add = (node: FlowNode) => {
    nodes.set(node.id, node);
    return node.id;
  };
  const rest = (column: string) => add({ id: `other ${column}`, name: `other ${column}`, kind: "rest" });
  const payer = (address: string | null) =>
    address === null
      ? rest("payers")
      : add({ id: `payer ${address}`, name: shortAddress(address), kind: "payer", to: `/accounts/${address}` });
  const release = (id: number | null, assetName: string | null) => {
    if (id === null) return rest("releases");
    const name = `${plainText(assetName ?? "", 24)} #${id}`.trim();
    return add({ id: `release ${id}`, name, kind: "release", to: `/releases/${id}` });
  };
  const asset = (id: number | null, assetName: string | null) => {
    if (id === null) return rest("assets");
    const name = plainText(assetName ?? "", 28) || `asset ${id}`;
    return add({ id: `asset ${id}`, name, kind: "asset", to: `/assets/${id}` });
  };
  const person = (address: string | null) =>
    address === null
      ? rest("people")
      : add({ id: `person ${address}`, name: shortAddress(address), kind: "person", to: `/accounts/${address}` });

  for (const each of payments) {
    bands.push({
      from: payer(each.payer),
      to: release(each.release, each.assetName),
      amount: BigInt(each.amount.amount),
    });
  }
  for (const each of keeps) {
    const [from, to] = [release(each.release, each.assetName), asset(each.asset, each.keeperName)];
    bands.push({ from, to, amount: BigInt(each.amount.amount) });
  }
  for (const each of earnings) {
    const [from, to] = [asset(each.asset, each.assetName), person(each.account)];
    bands.push({ from, to, amount: BigInt(each.amount.amount) });
  }
  for (const each of commons) {
    const to = add({ id: "commons", name: "commons", kind: "commons" });
    bands.push({ from: asset(each.asset, each.assetName), to, amount: BigInt(each.amount.amount) });
  }
  return { nodes: [...nodes.values()], bands };
}
