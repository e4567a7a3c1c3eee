import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "#protocol/userError.ts";
import { buildExplorer } from "../explorer/buildExplorer.ts";

const ROOT = join(import.meta.dirname, "../..");
/** The rooms whose code runs in a server. */
const CODE = ["indexer", "protocol", "node"];
/** Files that nothing loads at run time. Node.js refuses TypeScript inside `node_modules`. */
const UNUSED_IN_CODE = /\.test\.ts$|\.md$/;
const UNUSED_IN_PACKAGES = /\.(map|md|markdown|[cm]?tsx?|flow)$/;
/** Matches the package with the pinned Node.js. Its headers and manuals are left out. */
const NODE_PACKAGE = /^node_modules\/node-linux-\w+$/;
const NODE_PARTS = ["bin", "LICENSE", "package.json"];
/** Marks a folder as one that this script made, and may replace. */
const MARK = "tributary-server";

interface LockedPackage {
  dev?: boolean;
  /** Needed by development packages, and wanted by others only if it is there. */
  devOptional?: boolean;
  optional?: boolean;
}

export interface BuiltServer {
  /** The absolute path. */
  folder: string;
  /** The size of everything but Node.js. */
  packageBytes: number;
  nodeBytes: number;
}

/**
 * Builds a folder with all that a server needs at run time: the indexer, the ABIs, the explorer's pages, the service
 * files, the packages and Node.js. It has no development packages, needs no installation, and can be copied to another machine of the same
 * kind. Everyone may read it, because services run as a user who does not own it.
 *
 * It is built beside its destination and then renamed, so that a build that is interrupted leaves an earlier one as it
 * was. The contracts must be built.
 *
 * @throws {UserError} if the destination is a folder of something else, or if a package is not installed.
 */
export async function buildServer(to: string): Promise<BuiltServer> {
  const folder = resolve(to);
  await requireReplaceable(folder);
  const explorer = await buildExplorer({ onBuild: () => console.error("Building the explorer.") });
  await mkdir(dirname(folder), { recursive: true });
  const stage = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    for (const room of CODE)
      await copyFolder(join(ROOT, room), join(stage, room), (name) => !UNUSED_IN_CODE.test(name));
    await writeAbis(stage);
    await copyFolder(explorer, join(stage, "explorer/dist"));
    await copyFolder(join(ROOT, "operations"), join(stage, "operations"));
    await copyFile(join(ROOT, "LICENSE"), join(stage, "LICENSE"));
    await writeManifest(stage);
    const nodePackage = await copyPackages(stage);
    await openToReaders(stage);
    const [bytes, nodeBytes] = await Promise.all([sizeOf(stage), sizeOf(join(stage, nodePackage))]);
    await replace(folder, stage);
    return { folder, packageBytes: bytes - nodeBytes, nodeBytes };
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

async function requireReplaceable(folder: string): Promise<void> {
  const manifest = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  const isOurs = (JSON.parse(manifest) as { name?: string }).name === MARK;
  const isAbsent = (await readdir(folder).catch(() => [])).length === 0;
  if (!isOurs && !isAbsent) {
    throw new UserError(`${folder} is not a server that was built before. Choose another folder with --to.`);
  }
}

/** Copies the files of a folder. `isWanted` gets the name of each file. */
async function copyFolder(from: string, to: string, isWanted: (name: string) => boolean = () => true): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    // Packages inside a package are packages of their own in the lock file.
    if (entry.isDirectory() && entry.name !== "node_modules") await copyFolder(source, target, isWanted);
    else if (entry.isFile() && isWanted(entry.name)) await copyFile(source, target);
  }
}

/** Writes the compiler's output that the copied code imports, without bytecode. */
async function writeAbis(stage: string): Promise<void> {
  const importers = await readFile(join(stage, "protocol/abis.ts"), "utf8");
  for (const [, path = ""] of importers.matchAll(/"\.\.\/(artifacts\/[^"]+\.json)"/g)) {
    const { abi } = JSON.parse(await readFile(join(ROOT, path), "utf8")) as { abi: unknown };
    await mkdir(dirname(join(stage, path)), { recursive: true });
    await writeFile(join(stage, path), JSON.stringify({ abi }));
  }
}

async function writeManifest(stage: string): Promise<void> {
  const text = await readFile(join(ROOT, "package.json"), "utf8");
  const { version, license, imports } = JSON.parse(text) as Record<string, unknown>;
  // The messages of the indexer name this command.
  const scripts = { indexer: "node indexer/main.ts" };
  const manifest = { name: MARK, version, license, private: true, type: "module", imports, scripts };
  await writeFile(join(stage, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Copies the installed packages except for those of development. Returns the folder of Node.js, within the stage. */
async function copyPackages(stage: string): Promise<string> {
  const text = await readFile(join(ROOT, "node_modules/.package-lock.json"), "utf8");
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
  let nodePackage: string | undefined;
  for (const [path, { dev, devOptional, optional }] of Object.entries(packages)) {
    if (dev || devOptional) continue;
    if (!(await isInstalled(path))) {
      // npm 9 leaves an empty folder in the place of a package for another processor.
      if (optional) continue;
      throw new UserError(`${path} is not installed. Run npm ci, then build the server again.`);
    }
    if (NODE_PACKAGE.test(path)) {
      nodePackage = path;
      await copyNode(path, stage);
    } else {
      await copyFolder(join(ROOT, path), join(stage, path), (name) => !UNUSED_IN_PACKAGES.test(name));
    }
  }
  if (nodePackage === undefined) throw new UserError("The project's Node.js is not installed. Run npm ci.");
  await mkdir(join(stage, "node_modules/.bin"), { recursive: true });
  await symlink(join("..", basename(nodePackage), "bin/node"), join(stage, "node_modules/.bin/node"));
  return nodePackage;
}

const isInstalled = (path: string) =>
  stat(join(ROOT, path, "package.json")).then(
    () => true,
    () => false,
  );

async function copyNode(path: string, stage: string): Promise<void> {
  await mkdir(join(stage, path), { recursive: true });
  for (const part of NODE_PARTS) {
    const [source, target] = [join(ROOT, path, part), join(stage, path, part)];
    if (part === "bin") await copyFolder(source, target, (name) => name === "node");
    else await copyFile(source, target);
  }
}

/** Lets everyone read the files, whatever the umask is; `mkdtemp` makes a folder for its owner alone. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Puts the stage in the place of the folder. */
async function replace(folder: string, stage: string): Promise<void> {
  const before = `${stage}.before`;
  const had = await rename(folder, before).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return false;
    },
  );
  await rename(stage, folder);
  if (had) await rm(before, { recursive: true, force: true });
}
