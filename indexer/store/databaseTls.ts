import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import tls, { type ConnectionOptions } from "node:tls";
import { UserError } from "#protocol/userError.ts";
import type { SslMode, TlsOptions } from "./databaseUrl.ts";

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/**
 * Returns the mode that holds for a host. Default: TLS if the server has it, as in libpq; on this machine without TLS
 * unless the server demands it.
 */
export const sslModeFor = ({ mode }: TlsOptions, host: string): SslMode =>
  host.startsWith("/") ? "disable" : (mode ?? (LOOPBACK.test(host) ? "allow" : "prefer"));

/**
 * Lists the ways to connect to a host, in the order in which they are tried: with TLS options or without TLS (false).
 * The modes mean what they mean in libpq: `require` encrypts, and verifies the certificate only if a root certificate
 * is given or is in `~/.postgresql/root.crt`; `verify-full` also compares the host's name. The files are read at each
 * connection, so renewed certificates are used.
 *
 * @throws {UserError} if a file cannot be read.
 */
export async function waysToConnect(options: TlsOptions, host: string): Promise<(ConnectionOptions | false)[]> {
  const mode = sslModeFor(options, host);
  if (mode === "disable") return [false];
  const encrypted = await tlsOptions(mode, options);
  if (mode === "allow") return [false, encrypted];
  if (mode === "prefer") return [encrypted, false];
  return [encrypted];
}

async function tlsOptions(
  mode: SslMode,
  { rootCertificate, certificate, key }: TlsOptions,
): Promise<ConnectionOptions> {
  const own = {
    cert: await contentOf("sslcert", certificate, "postgresql.crt"),
    key: await contentOf("sslkey", key, "postgresql.key"),
  };
  const client = own.cert && own.key ? own : {};
  if (mode === "no-verify") return { ...client, rejectUnauthorized: false };
  if (rootCertificate === "system") {
    return { ...client, ca: [...tls.rootCertificates, ...tls.getCACertificates("system")] };
  }
  const ca = await contentOf("sslrootcert", rootCertificate, "root.crt");
  if (mode === "verify-full") return { ...client, ...(ca && { ca }) };
  if (ca) return { ...client, ca, checkServerIdentity: () => undefined };
  // Public authorities certify any host, so a certificate of theirs proves nothing without the host's name.
  if (mode === "verify-ca") return client;
  return { ...client, rejectUnauthorized: false };
}

/** Reads a file that a parameter names; else the one of libpq's folder, if it exists. */
async function contentOf(parameter: string, path: string | undefined, standard: string): Promise<string | undefined> {
  try {
    return await readFile(path ?? join(homedir(), ".postgresql", standard), "utf8");
  } catch (cause) {
    if (path === undefined) return undefined;
    const reason = (cause as NodeJS.ErrnoException).code ?? "it cannot be read";
    throw new UserError(`The file that ${parameter} names in the database URL cannot be read: ${path} (${reason}).`, {
      cause,
    });
  }
}
