import { expect } from "chai";
import { readDatabaseUrl } from "./databaseUrl.ts";
import { connectionError, type Failure, unavailable } from "./postgresErrors.ts";
import { isTransient } from "./storeFailure.ts";

const failure = (code: string, message: string): Failure => Object.assign(new Error(message), { code });

describe("errors of PostgreSQL", () => {
  for (const [code, what] of [
    ["08006", "connection_failure"],
    ["08P01", "a pooler: server conn crashed?, query_wait_timeout, no more connections allowed"],
    ["53100", "disk_full"],
    ["53200", "out_of_memory"],
    ["53300", "too_many_connections"],
    ["57P01", "admin_shutdown"],
    ["57P03", "cannot_connect_now"],
    ["57P05", "idle_session_timeout"],
    ["57014", "query_canceled"],
    ["55P03", "lock_not_available"],
    ["25P03", "idle_in_transaction_session_timeout"],
    ["25P04", "transaction_timeout"],
    ["40001", "serialization_failure, also a conflict with recovery on a replica"],
    ["40P01", "deadlock_detected"],
    ["58030", "io_error"],
    ["ECONNRESET", "the network"],
  ] as const) {
    it(`are tried again if a retry can help: ${code}, ${what}`, () => {
      expect(isTransient(code)).to.equal(true);
    });
  }

  it("are not tried again if it cannot", () => {
    for (const code of ["23505", "42501", "42P01", "3F000", "22P05", "XX000", ""]) {
      expect(isTransient(code), code).to.equal(false);
    }
  });

  it("say what to do", () => {
    expect(unavailable(failure("55P03", "canceling statement due to lock timeout")).message).to.equal(
      "The database cannot be used now: canceling statement due to lock timeout. Another session may hold a lock on the store's tables (see pg_locks), or a statement_timeout of the database or of a pooler is too short.",
    );
    expect(unavailable(failure("53100", "could not extend file")).message).to.contain("Make room");
    expect(unavailable(failure("57014", "canceling statement due to statement timeout")).message).to.contain(
      "statement_timeout",
    );
  });

  for (const [code, message, says] of [
    ["28P01", 'password authentication failed for user "u"', "refuses user u for database d"],
    ["3D000", 'database "d" does not exist', "refuses user u for database d"],
    ["08P01", "no such database: d", "refuses user u for database d"],
    ["08P01", "SASL authentication failed", "refuses user u for database d"],
    ["28000", 'no pg_hba.conf entry for host "10.0.0.1", user "u", database "d", no encryption', "sslmode=require"],
    ["28000", 'no pg_hba.conf entry for host "10.0.0.1", user "u", database "d", SSL off', "sslmode=require"],
    ["42501", 'permission denied for database "d"', "GRANT CONNECT ON DATABASE d TO u;"],
    ["55000", 'database "d" is not currently accepting connections', "takes no connection now"],
    ["42704", 'unrecognized configuration parameter "x"', "Check options in the database URL"],
    ["22023", 'invalid value for parameter "x"', "Check options in the database URL"],
    ["28000", "connection requires a valid client certificate", "sslcert=FILE"],
    ["08P01", "unsupported startup parameter: statement_timeout", 'refuses the parameter "statement_timeout"'],
    ["", "Unknown authenticationOk message type 7", "a kind of login that this program lacks"],
    ["", "SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string", "without a password"],
    ["53300", "sorry, too many clients already", "has no free connection"],
    ["08P01", "no more connections allowed (max_client_conn)", "has no free connection"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain", "sslrootcert=FILE"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate", "sslrootcert=FILE"],
    ["CERT_HAS_EXPIRED", "certificate has expired", "has expired"],
    ["CERT_NOT_YET_VALID", "certificate is not yet valid", "Compare the clocks"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "Host: h. is not cert's CN: x", "for another name"],
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "tlsv1 alert unknown ca", "Check sslmode"],
    ["", "The server does not support SSL connections", "does not support TLS"],
    ["ECONNREFUSED", "connect ECONNREFUSED", "cannot be reached"],
    ["ENOTFOUND", "getaddrinfo ENOTFOUND h", "cannot be reached"],
    ["", "timeout expired", "cannot be reached"],
  ] as const) {
    it(`explain a connection that fails: ${message}`, () => {
      const url = readDatabaseUrl("postgres://u:SECRET@h:1/d?sslmode=verify-full", {});
      const said = connectionError(failure(code, message), { url, host: "h", port: 1, user: "u", database: "d" });
      expect(said.name).to.equal("StoreUnavailable");
      expect(said.message).to.contain("PostgreSQL at h:1").and.contain(says).and.not.contain("SECRET");
    });
  }

  for (const [encryption, hasTriedTls] of [
    ["no encryption", true],
    ["SSL encryption", true],
    ["SSL encryption", false],
  ] as const) {
    it(`name the line that pg_hba.conf lacks, where TLS is no remedy: ${encryption}, ${hasTriedTls}`, () => {
      const url = readDatabaseUrl("postgres://h:1/d", {});
      const refused = failure(
        "28000",
        `no pg_hba.conf entry for host "10.0.0.1", user "u", database "d", ${encryption}`,
      );
      const said = connectionError(refused, { url, host: "h", port: 1, user: "u", database: "d", hasTriedTls }).message;
      expect(said).to.contain("host d u ADDRESS/32 scram-sha-256").and.not.contain("sslmode");
    });
  }
});
