import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { DeploymentParameters } from "#protocol/deployment.ts";

/** Returns the commit of the sources, with "+" if the contracts have changed since; undefined outside a checkout. */
export async function commitOf(root: string): Promise<string | undefined> {
  const git = async (...args: string[]) => (await promisify(execFile)("git", args, { cwd: root })).stdout.trim();
  try {
    return `${await git("rev-parse", "HEAD")}${(await git("status", "--porcelain", "--", "contracts")) === "" ? "" : "+"}`;
  } catch {
    return undefined; // not a checkout
  }
}

/** Returns the compiler and its settings, as a deployment file names them. */
export function compilerOf({ config }: Pick<HardhatRuntimeEnvironment, "config">): DeploymentParameters["compiler"] {
  const [compiler] = config.solidity.profiles.production?.compilers ?? [];
  if (!compiler) throw new Error("There is no compiler of the production profile.");
  return { version: compiler.version, settings: compiler.settings as Record<string, unknown> };
}
