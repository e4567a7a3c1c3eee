// Builds the explorer as static files: `npm run build:explorer`.
import { programOptions } from "#node/programOptions.ts";

programOptions("npm run build:explorer", {});

const { buildExplorer } = await import("./buildExplorer.ts");
console.log(`Built the explorer in ${await buildExplorer({ force: true })}.`);
