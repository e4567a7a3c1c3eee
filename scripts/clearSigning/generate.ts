// Writes the descriptors for wallets (ERC-7730) of each deployment: `npm run clear-signing`.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readDeployment } from "#node/deploymentFile.ts";
import { descriptorsOf } from "./descriptors.ts";

const [from = "deployments", to = "clear-signing"] = process.argv.slice(2);

const files = (await readdir(from).catch(() => [])).filter((name) => /^\d+\.json$/.test(name));
if (files.length === 0) console.log(`There is no deployment file in ${from}. Deploy first, or name another folder.`);
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
