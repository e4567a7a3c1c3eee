// Builds the explorer as static files: `npm run build:explorer`.
import { buildExplorer } from "./buildExplorer.ts";

console.log(`Built the explorer in ${await buildExplorer({ force: true })}.`);
