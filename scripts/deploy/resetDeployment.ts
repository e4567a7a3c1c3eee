import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { isDevelopmentChain } from "#client/chain/developmentChain.ts";
import { UserError } from "#protocol/userError.ts";
import { confirm, type Terminal } from "../participant/terminal.ts";
import type { Send } from "./findByNonce.ts";

export interface ResetDeploymentParameters {
  chainId: number;
  /** The deployment file. */
  file: string;
  /** Ignition's folder of this chain. */
  folder: string;
  send: Send;
  terminal: Terminal;
  signal: AbortSignal;
  /** True to move without asking, on a development chain. */
  yes: boolean;
}

/**
 * Moves the record of a chain's deployment aside, so that another one can begin. Nothing is deleted: the file of a public
 * deployment may be the only place where its addresses stand.
 *
 * @throws {UserError} if it is not confirmed. On a public chain only a person at a terminal can confirm it.
 */
export async function resetDeployment(parameters: ResetDeploymentParameters): Promise<void> {
  const { chainId, file, folder, send, terminal, signal, yes } = parameters;
  const moves = [
    [file, earlierPath(file)],
    [folder, earlierPath(folder)],
  ].filter((move): move is [string, string] => existsSync(move[0] ?? ""));
  if (moves.length === 0) return;
  const rows = moves.map(([from, to]) => `  ${from}\n    to ${to}`).join("\n");
  terminal.stdout(`--reset moves aside what is recorded about the deployment on chain ${chainId}:\n${rows}\n`);
  const isPublic = !(await isDevelopmentChain(chainId, send));
  if (isPublic) {
    terminal.stdout(
      "The contracts themselves stay on the chain, with the money in them. The new ones know nothing of them.\n",
    );
    if (!terminal.isInteractive) {
      throw new UserError(
        `Chain ${chainId} is not a development chain, so --reset must be confirmed at a terminal, even with --yes. Nothing was moved.`,
      );
    }
  }
  if (isPublic || !yes) await confirm(terminal, "Move them aside and deploy again?", signal);
  for (const [from, to] of moves) {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  }
}

/** Returns the path to which a file or folder is moved aside: in a folder `earlier`, with the time in its name. */
export function earlierPath(path: string, now = new Date()): string {
  const { dir, name, ext } = parse(path);
  return join(dir, "earlier", `${name}-${now.toISOString().replaceAll(/[:.]/g, "-")}${ext}`);
}
