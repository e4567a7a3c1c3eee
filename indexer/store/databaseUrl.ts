import { UserError } from "#protocol/userError.ts";

/** The modes of libpq, and node-postgres' own `no-verify`. */
const SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full", "no-verify"] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** The TLS that a URL asks for. Paths are those of files. */
export interface TlsOptions {
  /** Undefined: neither the URL nor the environment names a mode. */
  mode: SslMode | undefined;
  /** Also `system`: the authorities that this machine trusts. */
  rootCertificate: string | undefined;
  certificate: string | undefined;
  key: string | undefined;
}

/** A database URL, read as PostgreSQL's own programs read it. An undefined part has a default in the driver. */
export interface DatabaseUrl {
  /** The servers in the order in which they are tried. A host that begins with `/` is a folder of a Unix socket. */
  servers: readonly { host: string; port: number }[];
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  tls: TlsOptions;
  /** Begin with the TLS handshake, without asking the server first. */
  directTls: boolean;
  channelBinding: boolean;
  connectTimeoutMs: number | undefined;
  /** Settings for the session, such as `-c work_mem=64MB`. */
  options: string | undefined;
  /** True: only a server that can be written to will do. */
  primary: boolean;
}

/**
 * Parameters of libpq that choose the server or how safe the connection is, and that this program does not have: without
 * them it would connect elsewhere, or less safely, than the URL says.
 */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  service: "Write what the service file says in the database URL.",
  servicefile: "Write what the service file says in the database URL.",
  hostaddr: "Name the address in host. With sslmode=verify-full it must then be in the server's certificate.",
  passfile: "Name the file in PGPASSFILE.",
  sslpassword: "Name a key without a password in sslkey.",
  sslcrl: "Leave it out, or let a proxy check for revoked certificates.",
  sslcrldir: "Leave it out, or let a proxy check for revoked certificates.",
  require_auth: "Leave it out. With sslmode=verify-full, the server is the one that the certificate names.",
  requirepeer: "Leave it out.",
};

const FORM =
  "Its parts are postgres://, user:password@, host:5432 and /database, without spaces between them. In a user name, a password or a database's name, write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25 and a space as %20.";

/**
 * Reads the URL of a PostgreSQL database. Both forms of libpq are accepted: parts in the address, or as parameters such
 * as `?host=/var/run/postgresql`.
 *
 * @throws {UserError} if it is malformed. The message contains no part of the URL, because any part of a malformed one
 * can be a part of the password.
 */
export function readDatabaseUrl(text: string, environment: NodeJS.ProcessEnv = process.env): DatabaseUrl {
  const url = text
    .trim()
    .replace(/^(["'])(.*)\1$/s, "$2")
    .trim(); // the quotes of an environment file
  if (/^\w+\s*=/.test(url)) fail("it is a list of key=value pairs. Write it as a URL");
  const rest = /^postgres(?:ql)?:\/\/(.*)$/is.exec(url)?.[1] ?? fail("it must begin with postgres:// or postgresql://");
  if (/[^\S ]/.test(rest)) fail("it contains a line break or a tab");
  const end = rest.search(/[/?]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const [path = "", query = ""] = splitAt(end < 0 ? "" : rest.slice(end), "?");
  const at = authority.lastIndexOf("@");
  // An @ beyond the address most likely belongs to a password that contains / or ?, unless all is in parameters.
  if (path.includes("@") || (authority !== "" && query.includes("@"))) fail("it contains an @ after a / or ?");
  const parameters = parametersOf(query);
  refuseUnsupported(parameters, environment);
  const [user, password] = at < 0 ? ["", ""] : splitAt(authority.slice(0, at), ":");
  const tls = tlsOf(parameters, environment);
  return {
    servers: serversOf(authority.slice(at + 1), parameters, environment),
    user: parameters.get("user") || decoded(user) || undefined,
    password: parameters.get("password") || decoded(password) || undefined,
    database: parameters.get("dbname") || decoded(path.slice(1)) || undefined,
    tls,
    directTls: (parameters.get("sslnegotiation") ?? environment.PGSSLNEGOTIATION) === "direct",
    channelBinding: (parameters.get("channel_binding") ?? environment.PGCHANNELBINDING) === "require",
    connectTimeoutMs: millisecondsOf(parameters.get("connect_timeout") ?? environment.PGCONNECT_TIMEOUT),
    options: parameters.get("options"),
    primary: ["read-write", "primary"].includes(
      parameters.get("target_session_attrs") ?? environment.PGTARGETSESSIONATTRS ?? "",
    ),
  };
}

function fail(what: string): never {
  throw new UserError(
    `The database URL is malformed: ${what}. ${FORM} (Check --database or DATABASE_URL; the URL is not shown here, because it can contain a password.)`,
  );
}

/** Splits a text at the first occurrence of a separator. The second part is empty if there is none. */
function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** Decodes percent signs; one that begins no escape stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll(/%(?![\da-f]{2})/gi, "%25"));
  } catch {
    return fail("a %-escape in it is not UTF-8");
  }
}

function parametersOf(query: string): Map<string, string> {
  const pairs = query === "" ? [] : query.split("&").map((pair) => splitAt(pair, "="));
  return new Map(pairs.map(([name, value]) => [decoded(name), decoded(value)]));
}

function refuseUnsupported(parameters: ReadonlyMap<string, string>, environment: NodeJS.ProcessEnv): void {
  for (const [name, remedy] of Object.entries(UNSUPPORTED)) {
    if (parameters.get(name)) throw new UserError(`The database URL has ${name}, which is not supported. ${remedy}`);
  }
  for (const [variable, name] of [
    ["PGSERVICE", "service"],
    ["PGHOSTADDR", "hostaddr"],
  ] as const) {
    if (environment[variable]) throw new UserError(`${variable} is set, which is not supported. ${UNSUPPORTED[name]}`);
  }
  if ((parameters.get("gssencmode") ?? environment.PGGSSENCMODE) === "require") {
    throw new UserError("gssencmode=require is not supported. Encrypt with TLS: sslmode=verify-full.");
  }
}

/** Lists the servers. Several hosts are separated by commas, each with its own port or all with the same. */
function serversOf(
  addresses: string,
  parameters: ReadonlyMap<string, string>,
  { PGHOST, PGPORT }: NodeJS.ProcessEnv,
): { host: string; port: number }[] {
  const inAddress = addresses.split(",").map((address) => {
    const [, host = "", port = ""] =
      /^(\[[^\]]*\]|[^:[\]]*)(?::([^:]*))?$/s.exec(address) ??
      fail("it does not name the host as host:port, where an IPv6 address is in brackets: [::1]:5432");
    return { host: decoded(host.replace(/^\[(.*)\]$/, "$1")), port };
  });
  const hosts = parameters.get("host")?.split(",") ?? inAddress.map(({ host }) => host);
  const ports = parameters.get("port")?.split(",") ?? inAddress.map(({ port }) => port);
  const named = hosts.every((host) => host === "") ? (PGHOST || "localhost").split(",") : hosts;
  const fallback = (PGPORT || "5432").split(",");
  return named.map((host, i) => {
    const port =
      (ports.length === 1 ? ports[0] : ports[i]) || (fallback.length === 1 ? fallback[0] : fallback[i]) || "";
    if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
      fail("the port must be a number from 1 to 65535");
    }
    return { host: host || "localhost", port: Number(port) };
  });
}

function tlsOf(parameters: ReadonlyMap<string, string>, environment: NodeJS.ProcessEnv): TlsOptions {
  const rootCertificate = parameters.get("sslrootcert") || environment.PGSSLROOTCERT || undefined;
  return {
    mode: rootCertificate === "system" ? "verify-full" : modeOf(parameters, environment),
    rootCertificate,
    certificate: parameters.get("sslcert") || environment.PGSSLCERT || undefined,
    key: parameters.get("sslkey") || environment.PGSSLKEY || undefined,
  };
}

function modeOf(parameters: ReadonlyMap<string, string>, { PGSSLMODE }: NodeJS.ProcessEnv): SslMode | undefined {
  const mode = parameters.get("sslmode") ?? parameters.get("ssl") ?? (PGSSLMODE || undefined);
  if (mode === undefined) return undefined;
  if (["true", "1", "on"].includes(mode)) return "require";
  if (["false", "0", "off"].includes(mode)) return "disable";
  const known = SSL_MODES.find((each) => each === mode);
  if (!known) throw new UserError(`The database URL's sslmode must be one of ${SSL_MODES.join(", ")}.`);
  return known;
}

function millisecondsOf(seconds: string | undefined): number | undefined {
  if (!seconds || seconds === "0") return undefined;
  if (!/^\d{1,6}$/.test(seconds)) fail("connect_timeout must be a number of seconds");
  return 1_000 * Number(seconds);
}
