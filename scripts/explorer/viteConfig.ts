import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { InlineConfig } from "vite";

export const EXPLORER = join(import.meta.dirname, "../../explorer");
export const DIST = join(EXPLORER, "dist");

/**
 * Content security policy for a host that sends none. The build does not know the hosts to connect to, which are in
 * config.json, so the policy allows any. `serve` sends a narrower policy.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' https: wss: http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'";

/** Matches the names of files that are worth compressing. */
const TEXT = /\.(js|css|html|svg)$/;

/** Writes a `.br` and a `.gz` file beside each file, for hosts that send those. */
async function compress(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!TEXT.test(name)) continue;
    const path = join(folder, name);
    const content = await readFile(path);
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content));
    await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
  }
}

/** Returns the configuration of a build to a folder: static files that run at any path of any host. */
export const viteConfig = (outDir = DIST): InlineConfig => ({
  configFile: false,
  root: EXPLORER,
  base: "./",
  logLevel: "warn",
  plugins: [
    react(),
    {
      name: "abis-alone",
      enforce: "pre",
      transform: {
        filter: { id: /\/artifacts\/.*\.json$/ },
        handler: (text) => JSON.stringify({ abi: (JSON.parse(text) as { abi: unknown }).abi }),
      },
    },
    {
      name: "content-security-policy",
      apply: "build",
      transformIndexHtml: () => [
        { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
      ],
    },
    { name: "compress", apply: "build", closeBundle: () => compress(outDir) },
  ],
  build: {
    outDir,
    emptyOutDir: true,
    assetsDir: "static",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    rolldownOptions: {
      output: {
        // One chunk for the code that every page needs, instead of one for each set of pages that share code.
        codeSplitting: { groups: [{ name: "common", tags: ["$initial"] }] },
      },
    },
  },
});
