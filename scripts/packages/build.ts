// Builds the packages that are published: `npm run packages`. Prints their folders. The examples find them there.
import { mkdir, rm, symlink } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { programOptions } from "#node/programOptions.ts";
import { buildPackages, publicDeployments } from "./buildPackages.ts";

/** The folder in which Node looks for what `examples/` imports. */
const INSTALLED = "examples/node_modules/@tributary";

programOptions("npm run packages", {});
await mkdir(INSTALLED, { recursive: true });
for (const folder of await buildPackages("packages", await publicDeployments("deployments"))) {
  const link = join(INSTALLED, basename(folder));
  await rm(link, { recursive: true, force: true });
  await symlink(relative(INSTALLED, folder), link, "dir");
  console.log(folder);
}
