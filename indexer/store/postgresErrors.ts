import type { DatabaseUrl } from "./databaseUrl.ts";
import { sslModeFor } from "./databaseTls.ts";
import { withRemedy } from "./storeFailure.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";

/** A failure of the driver, of Node's network or TLS, or of the server, which has an SQLSTATE. */
export type Failure = Error & { code?: string };

/** SQLSTATE of an action that the role has no right to. */
export const INSUFFICIENT_PRIVILEGE = "42501";
/** SQLSTATE of a write in a read-only transaction. */
export const READ_ONLY = "25006";

const NETWORK = ["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"];
/** Returns the error for a statement that can be retried. */
export const unavailable = (error: Failure) =>
  new StoreUnavailable(`The database cannot be used now: ${withRemedy(error)}`, { cause: error });

/** The message for a server that asks for a password where none is given. */
export const NO_PASSWORD = "the server asks for a password, and none is given";

const SQLSTATE = /^[0-9A-Z]{2}[0-9][0-9A-Z]{2}$/;

const hbaRemedy = (user = "all", database = "all") =>
  `let an administrator add this line to pg_hba.conf, with the address of this machine, and reload the server: host ${database} ${user} ADDRESS/32 scram-sha-256`;

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

const UNKNOWN_AUTHORITY = [
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_UNTRUSTED",
  "CERT_SIGNATURE_FAILURE",
  "INVALID_CA",
];

/** Returns true if the server answered that it has no TLS. */
export const hasNoTls = ({ message }: Error) => message.includes("server does not support SSL");

/** Returns true if the server refused a connection because it is not encrypted, or that one too. */
export const wantsTls = ({ code, message }: Failure) =>
  code === "28000" && /no encryption|SSL off|SSL required/i.test(message);

/** Returns true if another way to connect to the same host can succeed: with TLS instead of without, or the reverse. */
export const isRefusalOfWay = ({ code = "", message }: Failure) =>
  !NETWORK.includes(code) && !/^(28P01|3D000|53|57|ENOTFOUND|EAI_AGAIN)/.test(code) && !isTimeout(message);

const isTimeout = (message: string) => message === "timeout expired";

/** The server and the login of a connection that failed. */
export interface Attempt {
  url: DatabaseUrl;
  host: string;
  port: number;
  user: string | undefined;
  database: string | undefined;
  /** True if a connection with TLS has failed as well. */
  hasTriedTls?: boolean;
}

/**
 * Returns the error for a connection that could not be opened: what happened, and what to do. A store that was open
 * waits and tries again in each case, since servers also refuse for a moment while they start or fail over.
 */
export function connectionError(error: Failure, attempt: Attempt): StoreUnavailable {
  const { host, port } = attempt;
  const place = host.startsWith("/")
    ? `PostgreSQL at ${host} (port ${port})`
    : `PostgreSQL at ${addressOf(host)}:${port}`;
  return new StoreUnavailable(explain(error, place, attempt), { cause: error });
}

const addressOf = (host: string) => (host.includes(":") ? `[${host}]` : host);

function explain({ code = "", message }: Failure, place: string, attempt: Attempt): string {
  const { url, host, user, database, hasTriedTls = false } = attempt;
  const mode = sslModeFor(url.tls, host);
  const refusal = `${place} refuses user ${user} for database ${database}`;
  if (UNKNOWN_AUTHORITY.includes(code)) {
    return `The certificate of ${place} is signed by an authority that is not known here (${message}). Name the authority's certificate in the database URL: sslrootcert=FILE. Or use sslmode=require without sslrootcert, which encrypts and verifies nothing.`;
  }
  if (code === "CERT_HAS_EXPIRED") return `The certificate of ${place} has expired. Renew it on the server.`;
  if (code === "CERT_NOT_YET_VALID") {
    return `The certificate of ${place} is not valid yet. Compare the clocks of the server and of this machine.`;
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `The certificate of ${place} is for another name (${message}). Connect by a name that it contains, or use sslmode=verify-ca with sslrootcert=FILE, which does not compare names.`;
  }
  if (hasNoTls({ message } as Error)) {
    return `${place} does not support TLS, but the connection asks for it (sslmode=${mode}). Turn on ssl in the server, or use sslmode=prefer or sslmode=disable in the database URL.`;
  }
  if (
    /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO|CERT_|UNABLE_TO|CRL_|HOSTNAME_)/.test(code) ||
    message.includes("establishing an SSL")
  ) {
    return `The TLS connection to ${place} fails (${message || code}). Check sslmode, sslrootcert, sslcert and sslkey in the database URL.`;
  }
  if (wantsTls({ code, message } as Failure) && !hasTriedTls) {
    const more = /pg_hba/.test(message) ? ` If that is refused as well, ${hbaRemedy(user, database)}.` : "";
    return `${place} accepts encrypted connections only (${message}). Use sslmode=require in the database URL.${more}`;
  }
  if (code === "28000" && /pg_hba/.test(message)) {
    return `${place} does not let user ${user} of this machine use database ${database} (${message}). To allow it, ${hbaRemedy(user, database)}.`;
  }
  if (/client certificate/i.test(message)) {
    return `${place} asks for a client certificate (${message}). Name it in the database URL: sslcert=FILE and sslkey=FILE.`;
  }
  const parameter = /unsupported startup parameter: (\w+)/.exec(message)?.[1];
  if (parameter) {
    return `${place} is a pooler that refuses the parameter "${parameter}". Remove it from the database URL and from the environment (PGOPTIONS), or add it to ignore_startup_parameters of the pooler.`;
  }
  if (code.startsWith("53") || /no more connections allowed/.test(message)) {
    return `${place} has no free connection (${message}). Raise its limit, or stop other clients.`;
  }
  if (code === INSUFFICIENT_PRIVILEGE) {
    return `${refusal}: ${sentence(message)} Let an administrator run: GRANT CONNECT ON DATABASE ${database} TO ${user};`;
  }
  if (message === NO_PASSWORD || /client password must be/.test(message)) {
    return `${refusal} without a password. Write it in the database URL, user:password@, or in PGPASSWORD.`;
  }
  if (/^Unknown authenticationOk|SASL: Only mechanism/.test(message)) {
    return `${refusal} without a kind of login that this program lacks, such as Kerberos (${message}). Let an administrator allow scram-sha-256 for it in pg_hba.conf.`;
  }
  if (/^(42|22)/.test(code)) {
    return `${refusal} with these settings: ${sentence(message)} Check options in the database URL, and PGOPTIONS.`;
  }
  // A retry does not fix a wrong password, user or database.
  if (/^(28|3D)/.test(code) || /no such (database|user)|auth|password/i.test(message)) {
    return `${refusal}: ${sentence(message)} Check the database URL.`;
  }
  if (SQLSTATE.test(code)) return `${place} takes no connection now: ${sentence(message)} Read its log.`;
  return `${place} cannot be reached (${message || code}). Start it, or check the database URL.`;
}
