import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../rpc/freePort.ts";
import type { TestPostgres } from "./postgres.ts";

const PGBOUNCER = "/usr/sbin/pgbouncer";
export const NO_PGBOUNCER = "PgBouncer is not installed: apt-get install pgbouncer";

/** Returns true if PgBouncer is installed. In CI this throws if it is not. */
export function hasPgbouncer(): boolean {
  if (existsSync(PGBOUNCER)) return true;
  if (process.env.CI) throw new Error(`${NO_PGBOUNCER}.`);
  return false;
}

export interface TestPgbouncer {
  port: number;
  /** Ends it at once, and starts it again on the same port. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Starts PgBouncer in front of a server, for all of its databases and these roles, without passwords.
 *
 * @param settings Settings of its section `[pgbouncer]`, such as `pool_mode`.
 */
export async function startPgbouncer(
  postgres: TestPostgres,
  roles: readonly string[],
  settings: Readonly<Record<string, string | number>>,
): Promise<TestPgbouncer> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-pgbouncer-"));
  await chmod(folder, 0o755); // it does not run as root
  const port = await freePort();
  const all = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "trust",
    auth_file: join(folder, "users"),
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  const file = join(folder, "pgbouncer.ini");
  await writeFile(file, `[databases]\n* = host=127.0.0.1 port=${postgres.port}\n[pgbouncer]\n${lines.join("\n")}\n`);
  await writeFile(all.auth_file, roles.map((role) => `"${role.replaceAll('"', '""')}" ""\n`).join(""));
  const start = async () => {
    const server = spawn(PGBOUNCER, [file], { ...postgres.user, stdio: ["ignore", "ignore", "pipe"] });
    let log = "";
    server.stderr.on("data", (chunk) => (log += String(chunk)));
    while (!(await accepts(port))) {
      if (server.exitCode !== null) throw new Error(`PgBouncer ended: ${log}`);
      await sleep(50);
    }
    return server;
  };
  let server = await start();
  return {
    port,
    restart: async () => {
      await end(server);
      server = await start();
    },
    stop: async () => {
      await end(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGKILL");
  await ended;
}
