import { execFile } from "node:child_process";
import { chown, copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { type Administrator, connectAsAdministrator } from "../../test/support/indexer/administrator.ts";
import { NO_POSTGRES, startPostgres, type TestPostgres } from "../../test/support/indexer/postgres.ts";
import { SAMPLE_SOURCE } from "../../test/support/indexer/sampleLogs.ts";
import { refusal } from "../../test/support/refusal.ts";
import { skip } from "../../test/support/skip.ts";
import { openStore } from "./openStore.ts";

const run = promisify(execFile);
const openAt = (databaseUrl: string) => openStore({ databaseUrl }, SAMPLE_SOURCE);

describe("the store, in PostgreSQL with TLS by a private authority", function () {
  this.timeout(180_000);
  let server: TestPostgres;
  let administrator: Administrator;
  let folder: string;
  let data: string;
  let authority: string;
  let other: string;
  const openssl = (...args: string[]) => run("openssl", args, { cwd: folder });

  before(async function () {
    const started = await startPostgres();
    if (!started) skip(this, `${NO_POSTGRES}.`);
    server = started;
    administrator = await connectAsAdministrator(server);
    const { admin } = administrator;
    folder = await mkdtemp(join(tmpdir(), "tributary-tls-"));
    data = (await admin.query<{ data_directory: string }>("SHOW data_directory")).rows[0]?.data_directory ?? "";
    authority = await makeAuthority("authority");
    other = await makeAuthority("other");
    await admin.query("CREATE DATABASE encrypted");
    await administrator.runIn("encrypted", "ALTER SYSTEM SET ssl_cert_file = 'tls.crt'");
    await administrator.runIn("encrypted", "ALTER SYSTEM SET ssl_key_file = 'tls.key'");
  });
  after(async () => {
    await administrator?.admin.end();
    await server?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  const makeAuthority = async (name: string) => {
    const subject = ["-subj", `/CN=${name}`, "-days", "2"];
    await openssl(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      ...subject,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.crt`,
    );
    return join(folder, `${name}.crt`);
  };
  /** Gives the server a certificate for a name, and turns TLS on. */
  const certify = async (name: string, days = 2) => {
    await openssl(
      "req",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-subj",
      `/CN=${name}`,
      "-keyout",
      "tls.key",
      "-out",
      "tls.csr",
    );
    await writeFile(join(folder, "names"), `subjectAltName=${/^[\d.]+$/.test(name) ? "IP" : "DNS"}:${name}\n`);
    await openssl(
      "x509",
      "-req",
      "-in",
      "tls.csr",
      "-CA",
      "authority.crt",
      "-CAkey",
      "authority.key",
      "-CAcreateserial",
      "-days",
      String(days),
      "-extfile",
      "names",
      "-out",
      "tls.crt",
    );
    for (const file of ["tls.key", "tls.crt"]) {
      await copyFile(join(folder, file), join(data, file));
      if (server.user) await chown(join(data, file), server.user.uid, server.user.gid);
    }
    await setTls(true);
  };
  const setTls = async (on: boolean) => {
    await administrator.runIn("encrypted", `ALTER SYSTEM SET ssl = ${on ? "on" : "off"}`);
    await reload();
  };
  const setHba = async (lines: string[]) => {
    await writeFile(join(data, "pg_hba.conf"), `${lines.join("\n")}\n`);
    await reload();
  };
  const reload = async () => {
    await administrator.admin.query("SELECT pg_reload_conf()");
    for (let i = 0; i < 100; i++) {
      await administrator.admin.query("SELECT pg_sleep(0.02)");
      const { rows } = await administrator.admin.query<{ old: boolean }>(
        "SELECT pg_conf_load_time() < now() - interval '1s' AS old",
      );
      if (!rows[0]?.old) break;
    }
    await administrator.admin.query("SELECT pg_sleep(0.3)"); // until the postmaster has it, too
  };
  const open = async (query: string, host = "localhost") => {
    const store = await openAt(administrator.urlOf({ database: "encrypted", query }).replace("127.0.0.1", host));
    await store.close();
  };
  const isEncrypted = async (query: string, host = "localhost") => {
    const store = await openAt(administrator.urlOf({ database: "encrypted", query }).replace("127.0.0.1", host));
    const { rows } = await administrator.admin.query<{ ssl: boolean }>(
      `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE application_name LIKE 'tributary %' ORDER BY backend_start DESC LIMIT 1`,
    );
    await store.close();
    return rows[0]?.ssl;
  };

  it("means by each sslmode what PostgreSQL's programs mean", async () => {
    await certify("localhost");
    expect(await isEncrypted("?sslmode=require")).to.equal(true);
    expect(await isEncrypted("?sslmode=no-verify")).to.equal(true);
    expect(await isEncrypted("?sslmode=prefer")).to.equal(true);
    expect(await isEncrypted("?ssl=true")).to.equal(true);
    expect(await isEncrypted(`?sslmode=require&sslrootcert=${authority}`)).to.equal(true);
    expect(await isEncrypted(`?sslmode=verify-full&sslrootcert=${authority}`)).to.equal(true);
    expect(await isEncrypted(`?sslmode=verify-ca&sslrootcert=${authority}`, "127.0.0.1")).to.equal(true);
    expect(await isEncrypted("?sslmode=disable")).to.equal(false);
    expect(await isEncrypted("?sslmode=allow")).to.equal(false);
    await setHba(["hostssl all all 127.0.0.1/32 trust"]);
    expect(await isEncrypted("?sslmode=allow")).to.equal(true);
    expect(await isEncrypted("")).to.equal(true);
    expect(await refusal(open("?sslmode=disable"))).to.match(
      /^UserError: .*encrypted connections only.*sslmode=require/,
    );
    await setHba(["hostnossl all all 127.0.0.1/32 trust"]);
    expect(await isEncrypted("?sslmode=prefer")).to.equal(false);
    await setHba(["host all all 127.0.0.1/32 trust"]);
  });

  it("says what is wrong with a certificate, and what to do", async () => {
    await certify("localhost");
    const unknown = /^UserError: The certificate .*authority that is not known here.*sslrootcert=FILE/;
    expect(await refusal(open("?sslmode=verify-full"))).to.match(unknown);
    for (const mode of ["require", "verify-ca", "verify-full"]) {
      expect(await refusal(open(`?sslmode=${mode}&sslrootcert=${other}`))).to.match(unknown);
    }
    expect(await refusal(open(`?sslmode=verify-full&sslrootcert=${folder}/none.crt`))).to.match(
      /^UserError: The file that sslrootcert names .*none.crt \(ENOENT\)/,
    );
    await certify("db.example");
    expect(await refusal(open(`?sslmode=verify-full&sslrootcert=${authority}`))).to.match(
      /^UserError: The certificate .*for another name.*sslmode=verify-ca/,
    );
    await open(`?sslmode=verify-ca&sslrootcert=${authority}`);
    await certify("localhost", -1);
    expect(await refusal(open(`?sslmode=verify-full&sslrootcert=${authority}`))).to.match(
      /^UserError: The certificate .*has expired/,
    );
    await open("?sslmode=require");
  });

  it("says that a server has no TLS, or asks for a client's certificate", async () => {
    await certify("localhost");
    await administrator.runIn("encrypted", `ALTER SYSTEM SET ssl_ca_file = '${await readable(authority)}'`);
    await setHba(["hostssl encrypted all 127.0.0.1/32 trust clientcert=verify-ca", "host all all 127.0.0.1/32 trust"]);
    const asked = /^UserError: .*asks for a client certificate.*sslcert=FILE/;
    expect(await refusal(open("?sslmode=require"))).to.match(asked);
    expect(await isEncrypted(`?sslmode=require&sslcert=${folder}/tls.crt&sslkey=${folder}/tls.key`)).to.equal(true);
    await setHba(["host all all 127.0.0.1/32 trust"]);
    await setTls(false);
    expect(await refusal(open("?sslmode=require"))).to.match(/^UserError: .*does not support TLS.*sslmode=prefer/);
    expect(await isEncrypted("?sslmode=prefer")).to.equal(false);
    expect(await isEncrypted("")).to.equal(false);
  });

  const readable = async (file: string) => {
    await writeFile(join(data, "root.crt"), await readFile(file));
    return "root.crt";
  };
});
