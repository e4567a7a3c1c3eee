import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "../rpc/freePort.ts";

const run = promisify(execFile);

export interface TestPostgres {
  url: string;
  /** Folder of its programs, such as psql and pg_dump. */
  bin: string;
  port: number;
  /** The account that runs it; undefined: the account of this process. */
  user: User | undefined;
  /** A streaming replica, which is read-only. */
  startReplica: () => Promise<{ url: string; stop: () => Promise<void> }>;
  /** Kills the server and starts it again at the same URL. */
  restart: () => Promise<void>;
  /** Stops the servers and removes their folders. */
  stop: () => Promise<void>;
}

export const NO_POSTGRES = "PostgreSQL is not installed: apt-get install postgresql";

/**
 * Starts a PostgreSQL server for a test, from Debian's package. The server refuses to run as root, so root runs it as
 * `postgres`.
 *
 * @returns undefined if the package is not installed. In CI this throws instead.
 */
export async function startPostgres(): Promise<TestPostgres | undefined> {
  const bin = await findServer();
  if (bin === undefined) {
    if (process.env.CI) throw new Error(`${NO_POSTGRES}.`);
    return undefined;
  }
  const user = process.getuid?.() === 0 ? await postgresUser() : undefined;
  const as = user ?? {};
  const newFolder = async () => {
    const folder = await mkdtemp(join(tmpdir(), "tributary-postgres-"));
    if (user) await chown(folder, user.uid, user.gid);
    return folder;
  };

  const folder = await newFolder();
  const data = join(folder, "data");
  await run(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"], {
    ...as,
    cwd: folder,
  });
  const port = await freePort();
  const url = urlOf(port);
  let server = await startServer(bin, data, port, as);
  const replicas: { stop: () => Promise<void> }[] = [];

  return {
    url,
    bin,
    port,
    user,
    startReplica: async () => {
      const replicaFolder = await newFolder();
      const replicaData = join(replicaFolder, "data");
      await run(join(bin, "pg_basebackup"), ["-D", replicaData, "-R", "-X", "stream", "-c", "fast", "-d", url], {
        ...as,
        cwd: replicaFolder,
      });
      const replicaPort = await freePort();
      const replica = await startServer(bin, replicaData, replicaPort, as);
      const stop = async () => {
        await endServer(replica);
        await rm(replicaFolder, { recursive: true, force: true });
      };
      replicas.push({ stop });
      return { url: urlOf(replicaPort), stop };
    },
    restart: async () => {
      await endServer(server);
      server = await startServer(bin, data, port, as);
    },
    stop: async () => {
      for (const replica of replicas) await replica.stop();
      await endServer(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const urlOf = (port: number) => `postgres://postgres@127.0.0.1:${port}/postgres`;

export interface User {
  uid: number;
  gid: number;
}

async function findServer(): Promise<string | undefined> {
  const versions = await readdir("/usr/lib/postgresql").catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join("/usr/lib/postgresql", newest, "bin");
}

async function postgresUser(): Promise<User> {
  const id = async (option: string) => Number((await run("id", [option, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

async function startServer(bin: string, data: string, port: number, as: Partial<User>): Promise<ChildProcess> {
  const options = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "hot_standby=on"];
  const server = spawn(join(bin, "postgres"), ["-D", data, ...options.flatMap((option) => ["-c", option])], {
    ...as,
    cwd: data,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  server.stderr.on("data", (chunk) => (log += String(chunk)));
  // A loaded machine may need long for the recovery after a crash; the test's own time limit bounds it.
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended: ${log}`);
    const ready = await run(join(bin, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port)]).then(
      () => true,
      () => false,
    );
    if (ready) return server;
    await sleep(100);
  }
}

/** Stops at once, as in a crash, but ends its processes in order. */
async function endServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGQUIT");
  await ended;
}
