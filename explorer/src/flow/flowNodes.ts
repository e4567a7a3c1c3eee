import { plainText } from "../format/plainText.ts";
import { shortAddress } from "../parts/shortAddress.ts";
import type { FlowNode } from "./sankeyOf.ts";

/** Returns an asset's name, cut short, because anyone may have written it. */
export const assetText = (id: number, name: string | null): string => plainText(name ?? "", 28) || `asset ${id}`;

export const assetNode = (nodeId: string, id: number, name: string | null): FlowNode => ({
  id: nodeId,
  name: assetText(id, name),
  kind: "asset",
  to: `/assets/${id}`,
});

export const releaseNode = (nodeId: string, id: number, assetName: string | null): FlowNode => ({
  id: nodeId,
  name: `${plainText(assetName ?? "", 24)} #${id}`.trim(),
  kind: "release",
  to: `/releases/${id}`,
});

export const accountNode = (nodeId: string, address: string, kind: "payer" | "shareholder"): FlowNode => ({
  id: nodeId,
  name: shortAddress(address),
  kind,
  to: `/accounts/${address}`,
});
