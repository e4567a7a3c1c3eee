import { type Address, isAddress } from "viem";
import { z } from "zod";
import content from "./networks.json" with { type: "json" };

const checksummed = z
  .string()
  .refine((text) => isAddress(text, { strict: true }), "must be an address with its checksum")
  .transform((text) => text as Address);

/** A currency as its contract must report itself. If it differs on the chain, the deployment is refused. */
const Currency = z.strictObject({ address: checksummed, symbol: z.string(), decimals: z.int() });

const Network = z.strictObject({
  chainId: z.int().positive(),
  title: z.string(),
  chainType: z.enum(["l1", "op", "generic"]),
  nativeSymbol: z.string(),
  explorer: z.url(),
  /** Services that publish verified sources of this network. */
  verifiers: z.array(z.enum(["etherscan", "blockscout", "sourcify"])),
  wrappedNative: Currency,
  stablecoin: Currency,
  /** URL of a faucet, which gives native money for free. */
  faucet: z.url(),
  /** The least tip that the nodes take, and the highest that a suggestion is followed to, in gwei. */
  fees: z.strictObject({ leastTipGwei: z.number().nonnegative(), mostTipGwei: z.number().positive() }),
  /** Source of each fact. */
  sources: z.record(
    z.enum(["chainId", "explorer", "verifiers", "wrappedNative", "stablecoin", "faucet", "fees"]),
    z.string().min(1),
  ),
});

export type Network = z.infer<typeof Network>;
export type NetworkCurrency = z.infer<typeof Currency>;

/** The networks that are ready to deploy to, by the name that `--network` takes. */
export const networks = z.record(z.string(), Network).parse(content);

/** Returns the variable that contains a network's RPC URL, such as BASE_SEPOLIA_RPC_URL for baseSepolia. */
export const rpcVariable = (name: string) => `${name.replaceAll(/[A-Z]/g, "_$&").toUpperCase()}_RPC_URL`;

/** Returns the network with this chain id; undefined if it is not among the networks. */
export const networkOf = (chainId: number): Network | undefined =>
  Object.values(networks).find((network) => network.chainId === chainId);
