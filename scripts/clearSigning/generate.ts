// Writes the descriptors for wallets (ERC-7730) of each deployment: `npm run clear-signing`.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readDeployment } from "#node/deploymentFile.ts";
import { programOptions } from "#node/programOptions.ts";
import { descriptorsOf } from "./descriptors.ts";

const { positionals } = programOptions("npm run clear-signing -- [folder of deployment files] [folder to write to]", {
  allowPositionals: true,
});
const [from = "deployments", to = "clear-signing"] = positionals;

const files = (await readdir(from).catch(() => [])).filter((name) => /^\d+\.json$/.test(name));
if (files.length === 0) {
  console.error(`There is no deployment file in ${from}. Deploy first, or name another folder.`);
  process.exit(1);
}
for (const file of files) {
  const deployment = await readDeployment(join(from, file));
  const folder = join(to, String(deployment.chainId));
  await mkdir(folder, { recursive: true });
  const descriptors = Object.entries(descriptorsOf(deployment));
  for (const [name, descriptor] of descriptors) {
    await writeFile(join(folder, name), `${JSON.stringify(descriptor, null, 2)}\n`);
  }
  console.log(`Wrote ${descriptors.length} descriptors to ${folder}`);
}
