// Runs after `npm ci`. Hardhat's EVM is a native package, which npm silently leaves out if npm itself runs under
// Node < 22. The project's pinned Node is installed at this point, so one more install under it adds the EVM.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { dirname, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const link = join(bin, "node");
const pinned = join("..", `node-${process.platform}-${process.arch}`, "bin", "node");

/**
 * npm 9, which Debian 13 has, removes the link of the pinned Node together with the package for another processor, whose
 * program has the same name.
 */
const linkPinnedNode = () => {
  if (existsSync(link) || !existsSync(join(bin, pinned))) return;
  rmSync(link, { force: true }); // a link without its target
  symlinkSync(pinned, link);
};

linkPinnedNode();
const node = existsSync(link) ? link : process.execPath;

const evmLoads = () =>
  spawnSync(node, ["-e", 'import("@nomicfoundation/edr").catch(() => process.exit(1))'], { cwd: root }).status === 0;

if (!process.env.TRIBUTARY_NATIVE_INSTALL && !evmLoads()) {
  const npmCli = process.env.npm_execpath;
  const args = ["install", "--no-save", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  const env = { ...process.env, TRIBUTARY_NATIVE_INSTALL: "1", PATH: bin + delimiter + process.env.PATH };
  if (npmCli) spawnSync(node, [npmCli, ...args], { cwd: root, env, stdio: "inherit" });
  else spawnSync("npm", args, { cwd: root, env, stdio: "inherit", shell: true });
  linkPinnedNode();
  if (!evmLoads()) {
    console.error(
      "Hardhat's EVM could not be installed. Use Node 22 or newer, delete node_modules and run `npm ci` again.",
    );
    process.exit(1);
  }
}
