import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { readDeployment } from "#node/deploymentFile.ts";
import { secondsOf } from "#protocol/duration.ts";
import { type JournalSource, sourceOf } from "../journal.ts";
import type { StoreTarget } from "../store/store.ts";
import { UserError } from "#protocol/userError.ts";

/** One chain's deployment, its nodes and where it is kept. */
export interface ChainSettings {
  source: JournalSource;
  /** None were named if empty. */
  rpcUrls: string[];
  target: StoreTarget;
}

/** What is given to every command. */
export interface SharedOptions {
  deployment?: string[] | undefined;
  rpc?: string[] | undefined;
  folder?: string | undefined;
  database?: string | undefined;
}

const LOCAL_NODE = "http://127.0.0.1:8545";

/**
 * Reads the deployments, and sorts nodes and places to them.
 *
 * @param options.defaultRpc Whether there is a node to try where none was named.
 * @throws {UserError} if they do not fit together.
 */
export async function readChains(
  { deployment: files = [], rpc = fromEnvironment(), folder, database }: SharedOptions,
  { defaultRpc }: { defaultRpc: boolean },
): Promise<ChainSettings[]> {
  if (files.length === 0) {
    throw new UserError("Name the deployment: --deployment deployments/<chain id>.json. --help lists all options.");
  }
  if (folder !== undefined && database !== undefined) {
    throw new UserError("Everything is kept in one place: give --folder or --database, not both.");
  }
  // A folder that is named goes before the environment.
  const databaseUrl = database ?? (folder === undefined ? process.env.DATABASE_URL : undefined);
  const several = files.length > 1;
  const urls = readUrls(rpc, several);

  const chains: ChainSettings[] = [];
  for (const file of files) {
    const source = sourceOf(await readDeployment(file));
    const { chainId } = source;
    if (chains.some((each) => each.source.chainId === chainId)) {
      throw new UserError(`Two deployments are on chain ${chainId}. Run a process for each.`);
    }
    const rpcUrls = [...(urls.get(undefined) ?? []), ...(urls.get(chainId) ?? [])];
    if (rpcUrls.length === 0 && defaultRpc) {
      if (several) throw new UserError(`Name a node of chain ${chainId}: --rpc ${chainId}=URL.`);
      rpcUrls.push(LOCAL_NODE);
    }
    const ownFolder = several ? join(folder ?? ".tributary", String(chainId)) : (folder ?? `.tributary/${chainId}`);
    chains.push({
      source,
      rpcUrls,
      target: databaseUrl !== undefined ? { databaseUrl } : { folder: ownFolder },
    });
  }
  for (const chainId of urls.keys()) {
    if (chainId !== undefined && !chains.some(({ source }) => source.chainId === chainId)) {
      throw new UserError(`--rpc names chain ${chainId}, of which no deployment was named.`);
    }
  }
  return chains;
}

const fromEnvironment = () => (process.env.RPC_URL ? [process.env.RPC_URL] : []);

/** The nodes' URLs by chain; of the only one where none was named. */
function readUrls(given: readonly string[], several: boolean): Map<number | undefined, string[]> {
  const urls = new Map<number | undefined, string[]>();
  for (const each of given.flatMap((text) => text.split(","))) {
    const [, id, url = each] = /^(\d+)=(.*)$/s.exec(each) ?? [];
    if (id === undefined && several) {
      throw new UserError("With several deployments, say of which chain each node is: --rpc <chain id>=URL.");
    }
    const chainId = id === undefined ? undefined : Number(id);
    urls.set(chainId, [...(urls.get(chainId) ?? []), url]);
  }
  return urls;
}

/** Nodes that readers of the explorer may ask, by chain id. */
export function readPublicNodes(given: readonly string[], chains: readonly ChainSettings[]): Record<number, string> {
  const urls = readUrls(given, chains.length > 1);
  return Object.fromEntries(
    chains.flatMap(({ source: { chainId } }) => {
      const [url] = urls.get(chainId) ?? urls.get(undefined) ?? [];
      return url === undefined ? [] : [[chainId, url]];
    }),
  );
}

/** A whole number, for an option. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
    throw new InvalidArgumentError(`It must be a whole number, ${range}.`);
  };

/** A number above 0, for an option. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be above 0.");
}

/** A time such as 30s, 10m, 2h or 7d in milliseconds, or 0, for an option. */
export function duration(text: string): number {
  const seconds = text === "0" ? 0 : secondsOf(text);
  if (seconds === undefined) throw new InvalidArgumentError("It must be a time such as 30s, 10m, 2h or 7d, or 0.");
  return 1_000 * seconds;
}

/** Adds a value to those that were given before, for an option that can be given several times. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value];
