// Builds the packages that are published: `npm run packages`. Prints their folders.
import { programOptions } from "#node/programOptions.ts";
import { buildPackages, publicDeployments } from "./buildPackages.ts";

programOptions("npm run packages", {});
for (const folder of await buildPackages("packages", await publicDeployments("deployments"))) console.log(folder);
