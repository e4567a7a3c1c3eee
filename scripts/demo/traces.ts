import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deploymentFile, writeDeployment } from "#node/deploymentFile.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { LOCAL_CHAIN_ID } from "../deploy/localMoney.ts";
import { earlierPath } from "../deploy/resetDeployment.ts";

const FILE = deploymentFile(LOCAL_CHAIN_ID);

/**
 * The files of a first run: a folder for the index, and the deployment file that commands read. They are removed whenever the
 * process exits, however early; those of a run that was killed are removed by the next one.
 */
export class Traces {
  readonly folder: string;

  /** @param folder A folder that this process has locked. */
  constructor(folder: string) {
    this.folder = folder;
    this.#remove();
    mkdirSync(folder, { recursive: true });
    process.on("exit", () => {
      this.#remove();
      rmSync(folder, { recursive: true, force: true });
      removeIfEmpty(dirname(folder));
    });
  }

  /** A copy of the deployment file, by which it is told from another's. */
  get #copy(): string {
    return join(this.folder, "deployment.json");
  }

  /** Names the path to which another's deployment file was moved. */
  get #aside(): string {
    return join(this.folder, "aside");
  }

  get journal(): string {
    return join(this.folder, "journal");
  }

  /**
   * Writes the deployment file. A file of another local deployment is moved aside until this run ends.
   *
   * @returns the path to which it was moved; undefined if nothing was in the way.
   */
  async writeDeployment(deployment: Deployment): Promise<string | undefined> {
    const aside = existsSync(FILE) ? earlierPath(FILE) : undefined;
    if (aside !== undefined) {
      mkdirSync(dirname(aside), { recursive: true });
      writeFileSync(this.#aside, aside);
      renameSync(FILE, aside);
    }
    await writeDeployment(this.#copy, deployment);
    await writeDeployment(FILE, deployment);
    return aside;
  }

  #remove(): void {
    rmSync(`${FILE}.new`, { force: true });
    const [file, copy] = [contentOf(FILE), contentOf(this.#copy)];
    if (file !== undefined && file === copy) rmSync(FILE);
    const aside = contentOf(this.#aside);
    if (aside !== undefined && existsSync(aside) && !existsSync(FILE)) renameSync(aside, FILE);
    if (aside !== undefined) removeIfEmpty(dirname(aside));
    removeIfEmpty(dirname(FILE));
    rmSync(this.#copy, { force: true });
    rmSync(this.#aside, { force: true });
    rmSync(this.journal, { recursive: true, force: true });
  }
}

function contentOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It has other files, or does not exist.
  }
}
