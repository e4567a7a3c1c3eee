import type { Address } from "viem";
import { z } from "zod";
import { UserError } from "./userError.ts";

const hexAddress = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text as Address);

const Site = z.object({ address: hexAddress, fromBlock: z.int().min(0) });

const Made = z.object({
  admin: hexAddress,
  /** The admin, where it was deployed with the rest: proposals wait so many seconds. */
  timelock: z.object({ delay: z.int(), proposer: hexAddress }).optional(),
  commonsBeneficiary: hexAddress,
  commonsPpm: z.int(),
  currencies: z.array(z.object({ address: hexAddress, symbol: z.string(), decimals: z.int() })),
  wrappedNative: hexAddress,
  identityRegistry: hexAddress,
  permit2: hexAddress,
  /** The transaction that created the registry and its ledger. */
  transaction: z.string(),
  /** Of the sources; with "+" if they had been changed since. */
  commit: z.string().optional(),
  compiler: z.object({ version: z.string(), settings: z.record(z.string(), z.unknown()) }),
});

const Deployment = z
  .object({
    chainId: z.int().positive(),
    registry: hexAddress,
    ledger: hexAddress,
    /** The block in which the registry and its ledger were deployed. */
    startBlock: z.int().min(0),
    /**
     * Contracts around the ledger, by name: `inlets`, `signedPayments`, `preview`, `timelock`. Files of the former shape
     * have addresses alone, and the timelock's only as the admin.
     */
    periphery: z.record(z.string(), z.union([hexAddress, Site])).optional(),
    /** Parameters of the deployment, for whoever wants to repeat it and compare. */
    made: Made.optional(),
  })
  .transform(({ periphery = {}, ...deployment }) => {
    const { startBlock, made } = deployment;
    const sites = Object.entries(periphery).map(([name, site]): [string, ContractSite] => [
      name,
      typeof site === "string" ? { address: site, fromBlock: startBlock } : site,
    ]);
    if (made?.timelock && !("timelock" in periphery)) {
      sites.push(["timelock", { address: made.admin, fromBlock: startBlock }]);
    }
    return { ...deployment, periphery: Object.fromEntries(sites) };
  });

/** A contract's address, and the block from which on it is there. */
export interface ContractSite {
  address: Address;
  fromBlock: number;
}

/** One registry, its ledger, and the contracts around them. */
export interface Deployment {
  chainId: number;
  registry: Address;
  ledger: Address;
  startBlock: number;
  periphery: Readonly<Record<string, ContractSite>>;
  made?: z.infer<typeof Made> | undefined;
}

export const deploymentFile = (chainId: number) => `deployments/${chainId}.json`;

/**
 * Checks the content of a deployment file.
 *
 * @throws {UserError} if it describes no deployment.
 */
export function parseDeployment(content: unknown, file: string): Deployment {
  const parsed = Deployment.safeParse(content);
  if (!parsed.success) throw new UserError(`${file} does not describe a deployment:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
