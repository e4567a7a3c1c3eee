// Stands in for systemd where it cannot run. It reads the same service files: User=, WorkingDirectory=, Environment=,
// EnvironmentFile=, ExecStart=, Type=oneshot, Restart=, RestartSec=, TimeoutStopSec=, StateDirectory=, NoNewPrivileges=,
// ProtectSystem=strict, ProtectHome= and PrivateTmp=, instances (%i) and the last word of a prefix (%j). A key that it does
// not know is an error. It does not do: order, limits, sandboxing beyond these, start at boot. Units of Debian's own
// packages are started by the scripts in /etc/init.d.
//
// Run as `journalctl`, it prints the output of a unit.
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const UNITS = "/etc/systemd/system";
const WANTED = join(UNITS, "multi-user.target.wants");
const STATE = "/run/stand-ins";
/** Lines of `DefaultEnvironment=`, as in systemd's own configuration. */
const DEFAULTS = "/etc/systemd/system.conf.d";
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Keys that are read here, and those that tell nothing to this stand-in. */
const KNOWN = new Set(
  [
    "User WorkingDirectory Environment EnvironmentFile ExecStart Type Restart RestartSec TimeoutStopSec",
    "StateDirectory StateDirectoryMode NoNewPrivileges ProtectSystem ProtectHome PrivateTmp",
    "Description Wants After WantedBy",
  ].flatMap((keys) => keys.split(" ")),
);

interface Service {
  name: string;
  values: Map<string, string[]>;
  environment: Record<string, string>;
}

class Refused extends Error {}

const nameOf = (unit: string) => unit.replace(/\.service$/, "");
const isOurs = (name: string) => existsSync(join(UNITS, fileOf(name)));
/** The file of a unit; of an instance, that of its template. */
const fileOf = (name: string) => `${name.replace(/@.*/, "@")}.service`;

function read(name: string): Service {
  const [prefix = "", instance = ""] = name.split("@");
  const specifiers: Record<string, string> = {
    "%": "%",
    i: instance,
    j: prefix.slice(prefix.lastIndexOf("-") + 1),
    n: `${name}.service`,
  };
  const text = readFileSync(join(UNITS, fileOf(name)), "utf8");
  const values = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    if (/^\s*([#;[]|$)/.test(line)) continue;
    const [, key = "", value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (!KNOWN.has(key)) throw new Refused(`${fileOf(name)}: this stand-in does not know "${line}".`);
    const filled = value.replaceAll(/%(.)/g, (_, letter: string) => {
      return specifiers[letter] ?? refuse(`${fileOf(name)}: this stand-in does not know %${letter}.`);
    });
    values.set(key, [...(values.get(key) ?? []), filled]);
  }
  const environment: Record<string, string> = { PATH };
  const add = (assignments: string[]) => {
    for (const each of assignments) environment[each.split("=", 1)[0] ?? ""] = each.slice(each.indexOf("=") + 1);
  };
  for (const file of existsSync(DEFAULTS) ? readdirSync(DEFAULTS) : []) {
    const lines = readFileSync(join(DEFAULTS, file), "utf8").matchAll(/^DefaultEnvironment=(.*)$/gm);
    for (const [, assignments = ""] of lines) add(assignments.split(" "));
  }
  const user = values.get("User")?.[0];
  if (user) add([`USER=${user}`, `LOGNAME=${user}`, `HOME=${passwd(user).home}`]);
  for (const assignment of values.get("Environment") ?? []) add([assignment]);
  for (const file of values.get("EnvironmentFile") ?? []) {
    if (file.startsWith("-") && !existsSync(file.slice(1))) continue;
    add(
      readFileSync(file.replace(/^-/, ""), "utf8")
        .split("\n")
        .filter((line) => /^\w+=/.test(line)),
    );
  }
  return { name, values, environment };
}

function refuse(reason: string): never {
  throw new Refused(reason);
}

function passwd(user: string) {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${user}:`));
  const [, , uid = "", gid = "", , home = ""] = line?.split(":") ?? refuse(`There is no user ${user}.`);
  return { uid, gid, home };
}

/** Fills in variables as systemd does: `${NAME}` is one word, `$NAME` as many words as it has. */
const commandOf = ({ values, environment }: Service) =>
  (values.get("ExecStart")?.[0] ?? "").split(/\s+/).flatMap((word) => {
    const [, whole] = /^\$(\w+)$/.exec(word) ?? [];
    if (whole) return (environment[whole] ?? "").split(/\s+/).filter((each) => each !== "");
    return [word.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => environment[name] ?? "")];
  });

/** The script that shuts a service in, as its file asks, and then becomes its program. */
function sandbox({ values }: Service): string {
  const isOn = (key: string) => values.get(key)?.[0] === "true";
  const lines = ["set -e", "mount --make-rprivate /"];
  const user = values.get("User")?.[0] ?? "root";
  const { uid, gid } = passwd(user);
  for (const folder of values.get("StateDirectory") ?? []) {
    const path = `/var/lib/${folder}`;
    const mode = values.get("StateDirectoryMode")?.[0] ?? "0755";
    lines.push(`install -d -m ${mode} -o ${uid} -g ${gid} ${path}`, `mount --bind ${path} ${path}`);
  }
  if (isOn("PrivateTmp"))
    lines.push("mount -t tmpfs -o mode=1777 tmpfs /tmp", "mount -t tmpfs -o mode=1777 tmpfs /var/tmp");
  if (isOn("ProtectHome")) lines.push("for each in /home /root; do mount -t tmpfs -o mode=000 tmpfs $each; done");
  if (values.get("ProtectSystem")?.[0] === "strict") lines.push("mount -o remount,bind,ro /");
  const privileges = isOn("NoNewPrivileges") ? "--no-new-privs" : "";
  lines.push(`cd ${values.get("WorkingDirectory")?.[0] ?? "/"}`);
  lines.push(`exec setpriv --reuid ${uid} --regid ${gid} --clear-groups ${privileges} -- "$@"`);
  return lines.join("\n");
}

const logOf = (name: string) => join(STATE, `${name}.log`);
const pidFileOf = (name: string) => join(STATE, `${name}.pid`);

function run(service: Service) {
  const log = openSync(logOf(service.name), "a");
  return spawn("unshare", ["--mount", "bash", "-c", sandbox(service), "bash", ...commandOf(service)], {
    env: service.environment,
    stdio: ["ignore", log, log],
    detached: true,
  });
}

const secondsOf = (service: Service, key: string, otherwise: number) => {
  return Number(service.values.get(key)?.[0] ?? otherwise) * 1_000;
};

/** Runs a service until it is told to stop, again after each end if its file says so. */
async function supervise(name: string): Promise<void> {
  const service = read(name);
  const stopping = new AbortController();
  process.on("SIGTERM", () => stopping.abort());
  while (!stopping.signal.aborted) {
    const child = run(service);
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    writeFileSync(pidFileOf(name), `${process.pid} ${child.pid}`);
    const kill = (signal: NodeJS.Signals) => child.pid && process.kill(-child.pid, signal);
    const onStop = () => {
      kill("SIGTERM");
      setTimeout(() => child.exitCode === null && kill("SIGKILL"), secondsOf(service, "TimeoutStopSec", 90)).unref();
    };
    stopping.signal.addEventListener("abort", onStop, { once: true });
    if (stopping.signal.aborted) onStop();
    const exitCode = await ended;
    stopping.signal.removeEventListener("abort", onStop);
    const restart = service.values.get("Restart")?.[0] ?? "no";
    if (restart === "no" || (restart === "on-failure" && exitCode === 0)) break;
    await sleep(secondsOf(service, "RestartSec", 0.1), undefined, { signal: stopping.signal }).catch(() => undefined);
  }
  rmSync(pidFileOf(name), { force: true });
}

/** The processes of a unit: its supervisor and its program. Undefined if it does not run. */
function pidsOf(name: string): [number, number] | undefined {
  if (!existsSync(pidFileOf(name))) return undefined;
  const [supervisor = 0, program = 0] = readFileSync(pidFileOf(name), "utf8").split(" ").map(Number);
  return existsSync(`/proc/${supervisor}`) ? [supervisor, program] : undefined;
}

async function start(name: string): Promise<void> {
  const service = read(name);
  if (service.values.get("Type")?.[0] === "oneshot") {
    const exitCode = await new Promise((resolve) => run(service).once("exit", resolve));
    if (exitCode !== 0) throw new Refused(`Job for ${name}.service failed. See journalctl --unit ${name}.`);
    return;
  }
  if (pidsOf(name)) return;
  const output = openSync(logOf(name), "a");
  const args = [import.meta.filename, "supervise", name];
  spawn(process.execPath, args, { stdio: ["ignore", output, output], detached: true }).unref();
  while (!pidsOf(name)) await sleep(20);
}

async function stop(name: string): Promise<void> {
  const pids = pidsOf(name);
  if (!pids) return;
  process.kill(pids[0], "SIGTERM");
  while (pidsOf(name)) await sleep(20);
}

/** Does with a unit of Debian's what its script in /etc/init.d does. */
function debian(name: string, verb: string): void {
  const script = `/etc/init.d/${name}`;
  if (!existsSync(script)) throw new Refused(`Unit ${name}.service could not be found.`);
  const { status } = spawnSync(script, [verb === "is-active" ? "status" : verb], { stdio: "inherit" });
  if (status !== 0) throw new Refused(`${script} ${verb} ended with exit code ${status}.`);
}

function setEnabled(name: string, isEnabled: boolean): void {
  mkdirSync(WANTED, { recursive: true });
  const link = join(WANTED, `${name}.service`);
  rmSync(link, { force: true });
  if (isEnabled) symlinkSync(join(UNITS, fileOf(name)), link);
}

async function act(verb: string, name: string, now: boolean): Promise<void> {
  if (!isOurs(name)) return debian(name, verb);
  switch (verb) {
    case "enable":
    case "disable":
      setEnabled(name, verb === "enable");
      if (now) await (verb === "enable" ? start(name) : stop(name));
      break;
    case "start":
      await start(name);
      break;
    case "stop":
      await stop(name);
      break;
    case "restart":
      await stop(name);
      await start(name);
      break;
    case "is-active":
    case "status": {
      const pids = pidsOf(name);
      console.log(verb === "status" && pids ? `active, main process ${pids[1]}` : pids ? "active" : "inactive");
      if (!pids) process.exitCode = 3;
      break;
    }
    default:
      throw new Refused(`This stand-in does not know "systemctl ${verb}".`);
  }
}

function showJournal(args: string[]): void {
  const valueOf = (option: string) => args[args.indexOf(option) + 1] ?? "";
  const lines = readFileSync(logOf(nameOf(valueOf("--unit"))), "utf8")
    .trimEnd()
    .split("\n");
  console.log(lines.slice(args.includes("--lines") ? -Number(valueOf("--lines")) : 0).join("\n"));
}

mkdirSync(STATE, { recursive: true, mode: 0o700 });
const [program = "", ...args] = process.argv.slice(1);
try {
  if (basename(process.env.STAND_IN ?? program) === "journalctl") showJournal(args);
  else {
    const [verb = "", ...units] = args.filter((arg) => arg !== "--now");
    if (verb === "supervise") await supervise(units[0] ?? "");
    else if (verb !== "daemon-reload") for (const unit of units) await act(verb, nameOf(unit), args.includes("--now"));
  }
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
