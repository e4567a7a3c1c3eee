import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { ContractSite, Deployment } from "#protocol/deployment.ts";
import { addressText } from "#protocol/schemas.ts";
import { fileProblem } from "./files.ts";
import { UserError } from "#protocol/userError.ts";

const Site = z.object({ address: addressText, fromBlock: z.int().min(0) });

const DeploymentParameters = z.object({
  admin: addressText,
  timelock: z.object({ delay: z.int(), proposer: addressText, canceller: addressText.optional() }).optional(),
  commonsBeneficiary: addressText,
  commonsPpm: z.int(),
  currencies: z.array(z.object({ address: addressText, symbol: z.string(), decimals: z.int() })),
  wrappedNative: addressText,
  identityRegistry: addressText,
  permit2: addressText,
  transaction: z.string(),
  commit: z.string().optional(),
  compiler: z.object({ version: z.string(), settings: z.record(z.string(), z.unknown()) }),
});

const DeploymentFile = z
  .object({
    chainId: z.int().positive(),
    registry: addressText,
    ledger: addressText,
    startBlock: z.int().min(0),
    genesis: z.templateLiteral(["0x", z.string().regex(/^[0-9a-fA-F]{64}$/)]).optional(),
    /** Files of the former shape have addresses only, and the timelock only as the admin. */
    periphery: z.record(z.string(), z.union([addressText, Site])).optional(),
    made: DeploymentParameters.optional(),
  })
  .transform(({ periphery = {}, ...deployment }): Deployment => {
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

/** Returns the path of a chain's deployment file, relative to the root of the checkout. */
export const deploymentFile = (chainId: number) => `deployments/${chainId}.json`;

/**
 * Reads a deployment file.
 *
 * @throws {UserError} if the file is missing, or does not describe a deployment.
 */
export async function readDeployment(file: string): Promise<Deployment> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError(
      `No deployment in ${file}: ${fileProblem(cause)} Deploy first, or name another deployment file.`,
      { cause },
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      `${file} is not a deployment file, as \`npx hardhat deploy\` writes it: it is not JSON, or only a part of it (${(cause as Error).message}). Restore it, or name another.`,
      { cause },
    );
  }
  const parsed = DeploymentFile.safeParse(content);
  if (!parsed.success) {
    throw new UserError(
      `${file} is not a deployment file, as \`npx hardhat deploy\` writes it. Name another:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

/** Writes a deployment file atomically. */
export async function writeDeployment(file: string, deployment: Deployment): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(deployment, null, 2)}\n`);
  await rename(`${file}.new`, file);
}
