import { type Address, isAddress } from "viem";
import { z } from "zod";
import content from "./networks.json" with { type: "json" };

const checksummed = z
  .string()
  .refine((text) => isAddress(text, { strict: true }), "must be an address with its checksum")
  .transform((text) => text as Address);

/** What an admitted currency must say of itself on the chain, or the deployment is refused. */
const Currency = z.strictObject({ address: checksummed, symbol: z.string(), decimals: z.int() });

const Network = z.strictObject({
  chainId: z.int().positive(),
  title: z.string(),
  chainType: z.enum(["l1", "op", "generic"]),
  nativeSymbol: z.string(),
  explorer: z.url(),
  /** Who publishes verified sources there. */
  verifiers: z.array(z.enum(["etherscan", "blockscout", "sourcify"])),
  wrappedNative: Currency,
  stablecoin: Currency,
  /** Where one gets native money for nothing. */
  faucet: z.url(),
  /** Where each fact is from. */
  sources: z.record(
    z.enum(["chainId", "explorer", "verifiers", "wrappedNative", "stablecoin", "faucet"]),
    z.string().min(1),
  ),
});

export type Network = z.infer<typeof Network>;
export type NetworkCurrency = z.infer<typeof Currency>;

/** The networks that are ready to deploy to, by the name that `--network` takes. */
export const networks = z.record(z.string(), Network).parse(content);

/** The variable that holds a network's RPC URL: BASE_SEPOLIA_RPC_URL for baseSepolia. */
export const rpcVariable = (name: string) => `${name.replaceAll(/[A-Z]/g, "_$&").toUpperCase()}_RPC_URL`;

export const networkOf = (chainId: number): Network | undefined =>
  Object.values(networks).find((network) => network.chainId === chainId);
