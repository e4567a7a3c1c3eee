import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { UserError } from "./userError.ts";

const hexAddress = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text as `0x${string}`);

const Deployment = z.object({
  chainId: z.int().positive(),
  registry: hexAddress,
  ledger: hexAddress,
  /** The block of the deployment. */
  startBlock: z.int().min(0),
  /** What stands around the ledger, where it was deployed with it. */
  periphery: z.object({ inlets: hexAddress, signedPayments: hexAddress, preview: hexAddress }).optional(),
  /** What it was made of, for whoever wants to make it again and compare. */
  made: z
    .object({
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
    })
    .optional(),
});

/** Where one registry and its ledger are. Whoever follows or uses them needs no more than the first four. */
export type Deployment = z.infer<typeof Deployment>;
export type Periphery = NonNullable<Deployment["periphery"]>;

export const deploymentFile = (chainId: number) => `deployments/${chainId}.json`;

/** @throws {UserError} if the file is not there or says something else. */
export async function readDeployment(file: string): Promise<Deployment> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new UserError(`No deployment in ${file}: ${(cause as Error).message}. Deploy first, or name another file.`, {
      cause,
    });
  }
  const parsed = Deployment.safeParse(content);
  if (!parsed.success) throw new UserError(`${file} does not describe a deployment:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export async function writeDeployment(file: string, deployment: Deployment): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(deployment, null, 2)}\n`);
  await rename(`${file}.new`, file);
}
