import type { Schemas } from "../api/client.ts";
import { accountNode, assetNode, assetText, releaseNode } from "./flowNodes.ts";
import type { Flow, FlowBand, FlowNode } from "./sankeyOf.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";

export interface FeeFlowParameters {
  fee: Schemas["Fee"];
  hops: readonly Schemas["TraceHop"][];
  assets: readonly Schemas["TracedAsset"][];
  /** Shareholders by asset. An asset without an entry has no bands to shareholders. */
  holders: ReadonlyMap<number, readonly Schemas["Shareholder"][]>;
}

/** Number of releases up to which each one is drawn. Beyond it, bands go directly from the paid release to the assets. */
export const MOST_HOPS = 60;
/** Number of assets that are drawn one by one. The others share a node. */
const MOST_ASSETS = 40;
const MOST_HOLDERS = 6;

/** Returns the flow of one fee: from the payer through releases to assets, and to their shareholders. */
export function feeFlow({ fee, hops, assets, holders }: FeeFlowParameters): Flow {
  const nodes = new Map<string, FlowNode>();
  const bands: FlowBand[] = [];
  const add = (node: FlowNode) => {
    nodes.set(node.id, node);
    return node.id;
  };
  const payer = add(accountNode("payer", fee.payer, "payer"));
  const release = (id: number, name: string | null) => add(releaseNode(`r${id}`, id, name));
  const paidRelease = release(fee.release, fee.assetName);
  bands.push({ from: payer, to: paidRelease, amount: BigInt(fee.amount.amount) });

  const ownNodes = new Set(assets.slice(0, MOST_ASSETS).map(({ asset }) => asset));
  const assetOf = (id: number, name: string | null) =>
    ownNodes.has(id)
      ? add(assetNode(`a${id}`, id, name))
      : add({ id: "assets", name: `${assets.length - MOST_ASSETS} more assets`, kind: "rest" });

  if (hops.length <= MOST_HOPS) {
    for (const hop of hops) release(hop.release, hop.assetName);
    for (const hop of hops) {
      const from = `r${hop.release}`;
      bands.push({ from, to: assetOf(hop.asset, hop.assetName), amount: BigInt(hop.kept.amount) });
      for (const { to, amount } of hop.passed) {
        if (nodes.has(`r${to}`)) bands.push({ from, to: `r${to}`, amount: BigInt(amount.amount) });
      }
    }
  } else {
    for (const row of assets) {
      bands.push({ from: paidRelease, to: assetOf(row.asset, row.assetName), amount: BigInt(row.kept.amount) });
    }
  }

  for (const row of assets.slice(0, MOST_ASSETS)) {
    const from = `a${row.asset}`;
    const shareholders = holders.get(row.asset);
    if (!shareholders) continue;
    const commons = add({ id: "commons", name: "commons", kind: "commons" });
    bands.push({ from, to: commons, amount: BigInt(row.commons.amount) });
    const whole = BigInt(row.shareholders.amount);
    let rest = TOTAL_SHARES;
    for (const { account, shares } of shareholders.slice(0, MOST_HOLDERS)) {
      rest -= BigInt(shares);
      const shareholder = add(accountNode(account, account, "shareholder"));
      bands.push({ from, to: shareholder, amount: (whole * BigInt(shares)) / TOTAL_SHARES });
    }
    if (rest > 0n) {
      const others = add({
        id: `others of ${from}`,
        name: `others in ${assetText(row.asset, row.assetName)}`,
        kind: "rest",
      });
      bands.push({ from, to: others, amount: (whole * rest) / TOTAL_SHARES });
    }
  }
  return { nodes: [...nodes.values()], bands: mergeBands(bands) };
}

/** Merges bands between the same two nodes into one. */
function mergeBands(bands: readonly FlowBand[]): FlowBand[] {
  const byEnds = new Map<string, FlowBand>();
  for (const band of bands) {
    const key = `${band.from} ${band.to}`;
    const sum = byEnds.get(key);
    byEnds.set(key, sum ? { ...sum, amount: sum.amount + band.amount } : band);
  }
  return [...byEnds.values()];
}
