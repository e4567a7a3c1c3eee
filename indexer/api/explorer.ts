import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ViewSource } from "../live/view.ts";

export interface ExplorerOptions {
  /** The folder of the built files. */
  folder: string;
  /** URLs of nodes that browsers may ask, by chain id. They are public. */
  rpcUrls?: Readonly<Record<number, string>>;
}

/** The content security policy: run our own code, ask this host and the named nodes, nothing else. */
const policyOf = (rpcUrls: readonly string[]) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...new Set(rpcUrls.map((url) => new URL(url).origin))].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/**
 * Adds the explorer: its static files, and `/config.json`, which lists the APIs and nodes that they ask.
 *
 * @returns A function that sends the explorer's page if a request for `/` comes from a browser; else it returns
 * undefined.
 */
export async function addExplorer(
  server: FastifyInstance,
  sources: readonly ViewSource[],
  { folder, rpcUrls = {} }: ExplorerOptions,
): Promise<(request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined> {
  const headers = {
    "content-security-policy": policyOf(Object.values(rpcUrls)),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
  };
  const config = {
    chains: sources.map(({ source: { chainId } }) => ({
      chainId,
      api: sources.length === 1 ? "." : `./chains/${chainId}`,
      ...(rpcUrls[chainId] && { rpc: rpcUrls[chainId] }),
    })),
  };
  server.get("/config.json", { schema: { hide: true } }, (_request, reply) =>
    reply.header("cache-control", "no-cache").send(config),
  );
  await server.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    schemaHide: true,
    globIgnore: ["config.json", "**/*.br", "**/*.gz"],
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
      // The name of a built file contains a hash of its content.
      const forever = path.includes("/static/");
      void reply.header("vary", "accept, accept-encoding");
      void reply.header("cache-control", forever ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  return (request, reply) => {
    void reply.header("vary", "accept");
    return request.headers.accept?.includes("text/html") ? reply.sendFile("index.html") : undefined;
  };
}
