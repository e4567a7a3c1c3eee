import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { readDeployment } from "#node/deploymentFile.ts";
import { secondsOf } from "#protocol/duration.ts";
import { type JournalSource, sourceOf } from "../journal.ts";
import { type BlockName, blockName } from "../query/parameters.ts";
import type { StoreTarget } from "../store/store.ts";
import { UserError } from "#protocol/userError.ts";

/** The deployment on one chain, its nodes and its store. */
export interface ChainSettings {
  source: JournalSource;
  /** Empty if no node was given. */
  rpcUrls: string[];
  target: StoreTarget;
}

/** Options of every command. */
export interface SharedOptions {
  deployment?: string[] | undefined;
  rpc?: string[] | undefined;
  folder?: string | undefined;
  database?: string | undefined;
}

const LOCAL_NODE = "http://127.0.0.1:8545";

/**
 * Reads the deployment files, and assigns nodes and stores to them.
 *
 * @param options.defaultRpc True: use the local node if no node was given.
 * @throws {UserError} if the options contradict each other or the files.
 */
export async function readChains(
  { deployment: files = [], rpc = fromEnvironment(), folder, database }: SharedOptions,
  { defaultRpc }: { defaultRpc: boolean },
): Promise<ChainSettings[]> {
  if (files.length === 0) {
    throw new UserError(
      "No deployment was given. Name its file: --deployment deployments/<chain id>.json. --help lists all options.",
    );
  }
  if (folder !== undefined && database !== undefined) {
    throw new UserError("The store is in one place. Give --folder or --database, not both.");
  }
  // --folder has precedence over the environment.
  const databaseUrl =
    database ?? (folder === undefined && process.env.DATABASE_URL ? process.env.DATABASE_URL : undefined);
  const several = files.length > 1;
  const urls = readUrls(rpc, several);

  const chains: ChainSettings[] = [];
  for (const file of files) {
    const source = sourceOf(await readDeployment(file));
    const { chainId } = source;
    if (chains.some((each) => each.source.chainId === chainId)) {
      throw new UserError(`Two of the deployments are on chain ${chainId}. Run a process for each of them.`);
    }
    const rpcUrls = [...(urls.get(undefined) ?? []), ...(urls.get(chainId) ?? [])];
    if (rpcUrls.length === 0 && defaultRpc) {
      if (several) throw new UserError(`Chain ${chainId} has no node. Name one: --rpc ${chainId}=URL.`);
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
      throw new UserError(
        `--rpc names a node of chain ${chainId}, but no deployment on that chain was given. Add --deployment, or remove the node.`,
      );
    }
  }
  return chains;
}

const fromEnvironment = () => (process.env.RPC_URL ? [process.env.RPC_URL] : []);

/**
 * Groups URLs of nodes by chain. With a single deployment, URLs may come without a chain id: their key is undefined.
 */
function readUrls(given: readonly string[], several: boolean): Map<number | undefined, string[]> {
  const urls = new Map<number | undefined, string[]>();
  for (const each of given.flatMap((text) => text.split(","))) {
    const [, id, url = each] = /^(\d+)=(.*)$/s.exec(each) ?? [];
    if (id === undefined && several) {
      throw new UserError("With several deployments, give each node with its chain: --rpc <chain id>=URL.");
    }
    const chainId = id === undefined ? undefined : Number(id);
    urls.set(chainId, [...(urls.get(chainId) ?? []), url]);
  }
  return urls;
}

/** Returns the URLs of the nodes that browsers may ask from the explorer, by chain id. */
export function readPublicNodes(given: readonly string[], chains: readonly ChainSettings[]): Record<number, string> {
  const urls = readUrls(given, chains.length > 1);
  return Object.fromEntries(
    chains.flatMap(({ source: { chainId } }) => {
      const [url] = urls.get(chainId) ?? urls.get(undefined) ?? [];
      return url === undefined ? [] : [[chainId, url]];
    }),
  );
}

/** Returns a parser for an option that is a whole number. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
    throw new InvalidArgumentError(`It must be a whole number, ${range}.`);
  };

/** Parses an option that names a block. */
export function readBlockName(text: string): BlockName {
  const { data, error } = blockName.safeParse(text);
  if (data !== undefined) return data;
  throw new InvalidArgumentError(`It ${error?.issues[0]?.message}.`);
}

/** Parses an option that is a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be a number above 0.");
}

/** Parses an option that is a time, such as 30s, 10m, 2h, 7d or 0. Returns milliseconds. */
export function duration(text: string): number {
  const seconds = text === "0" ? 0 : secondsOf(text);
  if (seconds === undefined) throw new InvalidArgumentError("It must be a time such as 30s, 10m, 2h or 7d, or 0.");
  return 1_000 * seconds;
}

/** Returns the option that stands for a parameter of the API, such as `--order-by` for `orderBy`. */
export const optionOf = (parameter: string) =>
  `--${parameter.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Adds a value to those given before, for an option that can be repeated. */
export const collectValues = (value: string, before: string[] = []): string[] => [...before, value];
