// Builds the packages that are published: `npm run packages`. Prints their folders.
import { buildPackages, publicDeployments } from "./buildPackages.ts";

for (const folder of await buildPackages("packages", await publicDeployments("deployments"))) console.log(folder);
