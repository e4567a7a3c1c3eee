import { parseGwei } from "viem";
import { z } from "zod";
import content from "./fees.json" with { type: "json" };
import { networkOf } from "./networks.ts";

/** The tips that the nodes of a network take, in wei. */
export interface FeeRules {
  /** The network's name, for people. */
  title: string;
  /** The least tip that a node takes; on a chain without EIP-1559, the least price. */
  leastTip: bigint;
  /** The highest tip that a node's suggestion is followed to; undefined if nothing is known of the network. */
  mostTip: bigint | undefined;
}

/** Chains that are not among the networks, but whose rule is known. */
const others = z
  .record(
    z.string(),
    z.strictObject({
      chainId: z.int().positive(),
      title: z.string(),
      leastTipGwei: z.number().nonnegative(),
      mostTipGwei: z.number().positive(),
      source: z.string().min(1),
    }),
  )
  .parse(content);

/** Returns what is known of a chain's tips: nothing for a chain that is not listed. */
export function feeRulesOf(chainId: number | undefined): FeeRules {
  const network = chainId === undefined ? undefined : networkOf(chainId);
  const { title, leastTipGwei, mostTipGwei } = (network && { title: network.title, ...network.fees }) ??
    Object.values(others).find((each) => each.chainId === chainId) ?? { title: "this network" };
  return {
    title,
    leastTip: parseGwei(String(leastTipGwei ?? 0)),
    mostTip: mostTipGwei === undefined ? undefined : parseGwei(String(mostTipGwei)),
  };
}
