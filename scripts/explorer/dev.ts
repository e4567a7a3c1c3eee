// Serves the explorer during development, with the API of a running indexer: `npm run explorer`.
import { createServer } from "vite";
import { programOptions } from "#node/programOptions.ts";
import { viteConfig } from "./viteConfig.ts";

programOptions("API_URL=http://127.0.0.1:4000 npm run explorer", {});

const API = process.env.API_URL ?? "http://127.0.0.1:4000";
const PATHS = ["/v1", "/chains", "/health", "/openapi.json"];

const server = await createServer({
  ...viteConfig(),
  logLevel: "info",
  server: { host: "127.0.0.1", port: 5173, proxy: Object.fromEntries(PATHS.map((path) => [path, API])) },
});
await server.listen();
server.printUrls();
console.log(`It uses the API at ${API}. Set API_URL for another.`);
