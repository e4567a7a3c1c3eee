import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "viem";
import { z } from "zod";
import { isOtherGenesis } from "#protocol/failures/genesis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Send } from "./findByNonce.ts";
import { readIgnitionJournal } from "./ignitionJournal.ts";
import type { DeploymentPlan } from "./planDeployment.ts";

const Begun = z.object({
  genesis: z.string().optional(),
  options: z.record(z.string(), z.string()),
  currencies: z.array(
    z.object({ address: z.string().transform((text) => text as Address), symbol: z.string(), decimals: z.int() }),
  ),
});

/** The beginning of a deployment: its chain and its options. */
export type BegunDeployment = z.infer<typeof Begun>;

const fileIn = (folder: string) => join(folder, "begun.json");

/** Returns true if Ignition's folder has a journal, which is to be continued. */
export const isBegun = (folder: string): boolean => existsSync(join(folder, "journal.jsonl"));

/** Writes into Ignition's folder how a deployment is begun, before Ignition sends anything. */
export async function recordBegin(folder: string, plan: DeploymentPlan, genesis: string | undefined): Promise<void> {
  await mkdir(folder, { recursive: true });
  const begun: BegunDeployment = {
    ...(genesis !== undefined && { genesis }),
    options: optionsOf(plan),
    currencies: plan.currencies,
  };
  await writeFile(fileIn(folder), `${JSON.stringify(begun, null, 2)}\n`);
}

/** Reads how a deployment was begun; undefined if an earlier version began it. */
export async function readBegun(folder: string): Promise<BegunDeployment | undefined> {
  const text = await readFile(fileIn(folder), "utf8").catch(() => undefined);
  return text === undefined ? undefined : Begun.parse(JSON.parse(text));
}

/**
 * Checks that a deployment that was begun can be continued. Ignition itself fails with an internal reason.
 *
 * @throws {UserError} if it was begun on another chain with the same id.
 */
export async function requireBegunHere(folder: string, genesis: string | undefined, send: Send): Promise<void> {
  if (!isBegun(folder)) return;
  const begun = await readBegun(folder);
  const isElsewhere =
    begun?.genesis !== undefined && genesis !== undefined
      ? isOtherGenesis(begun.genesis, genesis)
      : await lacksContracts(folder, send);
  if (!isElsewhere) return;
  throw new UserError(
    `The deployment that ${folder} records was begun on another chain with the same id: the development chain was restarted, or the node is of another chain. To start again here, run deploy with --reset.`,
  );
}

/** Returns true if the chain has none of the contracts that the journal says were created. */
async function lacksContracts(folder: string, send: Send): Promise<boolean> {
  const created = (await readIgnitionJournal(folder)).flatMap(({ receipt }) => receipt?.contractAddress ?? []);
  const codes = await Promise.all(created.map((address) => send("eth_getCode", [address, "latest"])));
  return codes.length > 0 && codes.every((code) => code === "0x");
}

/** @throws {UserError} if a deployment was begun with other options, and names them. */
export async function requireSameOptions(folder: string, plan: DeploymentPlan): Promise<void> {
  const begun = isBegun(folder) ? await readBegun(folder) : undefined;
  if (!begun) return;
  const now = optionsOf(plan);
  const names = [...new Set([...Object.keys(begun.options), ...Object.keys(now)])];
  const changed = names.filter((name) => begun.options[name] !== now[name]);
  if (changed.length === 0) return;
  const rows = changed.map(
    (name) => `  ${name}: ${begun.options[name] ?? "not given"}, now ${now[name] ?? "not given"}`,
  );
  throw new UserError(
    [
      "A deployment on this chain was begun with other options. What is deployed already cannot be changed:",
      ...rows,
      "Run deploy again with the options of the first run to continue, or with --reset to start again.",
    ].join("\n"),
  );
}

/** Flattens a plan into the options that it results from, with their values as text. */
function optionsOf({ chainId: _chain, network: _network, ...plan }: DeploymentPlan): Record<string, string> {
  const options: Record<string, string> = {};
  const add = (name: string, value: unknown) => {
    if (value !== undefined) options[name] = String(value);
  };
  for (const [name, value] of Object.entries({ ...plan, admin: undefined, ...prefixed(plan.admin) })) {
    if (name === "deployer") add("the account that deploys", value);
    else if (name === "currencies") add("--currencies", plan.currencies.map(({ address }) => address).join(","));
    else if (name !== "testCurrencies") add(`--${kebab(name)}`, value);
  }
  return options;
}

const prefixed = ({ account, ...rest }: { account?: string } & object) =>
  account === undefined ? rest : { ...rest, admin: account };

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
