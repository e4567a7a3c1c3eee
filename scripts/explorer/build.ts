// Builds the explorer as static files: `npm run build:explorer`.
import { buildExplorer } from "./buildExplorer.ts";

console.log(`The explorer is in ${await buildExplorer({ force: true })}.`);
