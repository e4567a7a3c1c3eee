import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type End, relay } from "./relay.ts";

const SUITE = "trixie";
/** Programs of this machine that make the other one, with the Debian package of each. */
const TOOLS = {
  debootstrap: "debootstrap",
  ip: "iproute2",
  nsenter: "util-linux",
  script: "bsdutils",
  tar: "tar",
  unshare: "util-linux",
};
/** The account with the right to use sudo, as Debian's installer makes it. */
export const ADMIN = "admin";
/** A folder for the root, and for what is downloaded, that developers keep between runs. */
const CACHE = process.env.MACHINE_CACHE;

/** Makes and enters namespaces, which takes root. */
const PRIVILEGED = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
const ENVIRONMENT = { PATH: `${process.env.PATH}:/usr/sbin:/sbin`, TERM: "dumb", LANG: "C.UTF-8" };
const PROXIES = Object.entries(process.env).filter(([name]) => /^(https?|no)_proxy$/i.test(name));

const privileged = (command: string[]): [string, string[]] => {
  const [program = "", ...args] = [...PRIVILEGED, ...command];
  return [program, args];
};

/** Returns why this machine cannot have another one in it; undefined if it can. */
export function whyNoMachine(): { reason: string; canBeMended: boolean } | undefined {
  if (process.platform !== "linux") return { reason: "it takes Linux", canBeMended: false };
  const tried = spawnSync(...privileged(["true"]));
  if (tried.status !== 0) return { reason: "it takes root, or sudo without a password", canBeMended: false };
  for (const [program, debianPackage] of Object.entries(TOOLS)) {
    if (spawnSync("which", [program], { env: ENVIRONMENT }).status !== 0) {
      return { reason: `${program} is not installed: apt-get install ${debianPackage}`, canBeMended: true };
    }
  }
  const flags = ["--mount", "--pid", "--uts", "--ipc", "--net", "--fork"];
  const unshared = spawnSync(...privileged(["unshare", ...flags, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]));
  if (unshared.status !== 0) return { reason: "namespaces cannot be made here", canBeMended: false };
  return undefined;
}

export interface RunOptions {
  /** The user. Default: root. */
  user?: string;
  /** Uses the network of the host, for installations. Default: the machine's own, which has loopback only. */
  isOnline?: boolean;
  /** Answers to what is asked on the terminal. The first question that the end of the output matches is answered. */
  answers?: readonly (readonly [question: RegExp, answer: string | (() => string)])[];
}

export interface Machine {
  /** Runs a script of bash on a terminal of the machine, and returns what it printed. Throws if it fails. */
  run: (script: string, options?: RunOptions) => Promise<string>;
  /** Lets the machine reach a port of this one, at the same number. */
  lend: (port: number) => Promise<void>;
  /** Lets this machine reach a port of the other. Returns the port here. */
  borrow: (port: number) => Promise<number>;
  stop: () => Promise<void>;
}

/**
 * Starts an empty Debian in a folder and namespaces of its own. It is removed when this process ends, however it does.
 *
 * @param folders Folders of this machine by their paths in the other one.
 */
export async function startMachine(folders: Record<string, string> = {}): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-machine-"));
  await chmod(folder, 0o755);
  const variables = [
    `MACHINE_NODE=${process.execPath}`,
    `MACHINE_BINDS=${await binds(folders)}`,
    ...PROXIES.map(([name, value]) => `${name}=${value}`),
  ];
  const script = join(import.meta.dirname, "keepMachine.sh");
  // Ends with its standard input, and with it the machine. Then nothing is mounted any more, and the folder is removed.
  const keeper = spawn(...privileged(["env", ...variables, "bash", "--norc", script, SUITE, folder, CACHE ?? ""]), {
    env: ENVIRONMENT,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const relays: { close: () => void }[] = [];
  let said = "";
  keeper.stderr.on("data", (chunk) => (said += String(chunk)));
  await ready(keeper, () => `The root could not be made.\n${said.slice(-4_000)}`);
  const pid = childOf(keeper);

  const enter = (isOnline: boolean) =>
    `nsenter --target ${pid} --mount --pid --uts --ipc ${isOnline ? "" : "--net "}--root --wd`;
  const run = async (text: string, { user = "root", isOnline = false, answers = [] }: RunOptions = {}) => {
    const name = `run/step-${process.hrtime.bigint()}.sh`;
    // On the machine's own temporary file system, which is not seen from here.
    await pipe(privileged([...enter(false).split(" "), "sh", "-c", `cat > /${name}; chmod 755 /${name}`]), text);
    const command = `${[...PRIVILEGED, enter(isOnline)].join(" ")} su --pty --login ${user} --command "bash /${name}"`;
    return onTerminal(command, answers);
  };

  const talk = async (pairs: string) => {
    const node = [process.execPath, join(import.meta.dirname, "relay.ts"), pairs];
    const child = spawn(...privileged(["nsenter", "--target", String(pid), "--net", ...node]), { env: ENVIRONMENT });
    relays.push({ close: () => child.kill() });
    await ready(child, () => `The relay ${pairs} did not start.`);
  };
  const socketFor = (port: number, to: string) => join(folder, `${to}-${port}.socket`);

  return {
    run,
    lend: async (port) => {
      const socket = socketFor(port, "lent");
      relays.push(await relay(socket, port));
      await talk(`${port}=${socket}`);
    },
    borrow: async (port) => {
      const socket = socketFor(port, "borrowed");
      await talk(`${socket}=${port}`);
      const server = await relay(0, socket as End);
      relays.push(server);
      const address = server.address();
      return typeof address === "object" && address ? address.port : 0;
    },
    stop: async () => {
      for (const each of relays) each.close();
      if (keeper.exitCode !== null) return;
      const ended = once(keeper, "exit");
      keeper.stdin.end();
      await ended;
    },
  };
}

/** Folders of the host, and where they are in the machine: those given, and the cache. */
async function binds(folders: Record<string, string>): Promise<string> {
  const all = { ...folders };
  if (CACHE) {
    for (const name of ["apt", "npm"]) await mkdir(join(CACHE, name), { recursive: true });
    await chmod(join(CACHE, "npm"), 0o777);
    Object.assign(all, { "var/cache/apt/archives": join(CACHE, "apt"), "var/cache/npm": join(CACHE, "npm") });
  }
  return Object.entries(all)
    .map(([inside, outside]) => `${outside}:${inside}`)
    .join(" ");
}

/** Waits until a process prints `ready`. */
async function ready(child: ChildProcess, describeFailure: () => string): Promise<void> {
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    if (String(chunk).includes("ready")) return;
  }
  throw new Error(describeFailure());
}

/** Returns the machine's first process: the only child of `unshare`, below the shell and perhaps sudo. */
function childOf({ pid }: ChildProcess): number {
  const childrenOf = (parent: number) =>
    execFileSync("cat", [`/proc/${parent}/task/${parent}/children`], { encoding: "utf8" })
      .trim()
      .split(" ")
      .map(Number);
  let last = pid ?? 0;
  for (let name = ""; name !== "unshare";) {
    last = childrenOf(last)[0] ?? 0;
    name = execFileSync("cat", [`/proc/${last}/comm`], { encoding: "utf8" }).trim();
  }
  return childrenOf(last)[0] ?? 0;
}

async function pipe([program, args]: [string, string[]], input: string): Promise<void> {
  const child = spawn(program, args, { env: ENVIRONMENT, stdio: ["pipe", "inherit", "inherit"] });
  child.stdin?.end(input);
  const [exitCode] = (await once(child, "close")) as [number | null];
  if (exitCode !== 0) throw new Error(`${program} ${args.join(" ")} ended with exit code ${exitCode}.`);
}

/** Runs a command on a terminal of its own, as a person would, and answers what it asks. */
async function onTerminal(command: string, answers: RunOptions["answers"] = []): Promise<string> {
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"], {
    env: ENVIRONMENT,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  let answered = 0;
  const listen = (chunk: unknown) => {
    output += String(chunk);
    const asked = plain(output.slice(answered));
    const answer = answers.find(([question]) => question.test(asked));
    if (!answer) return;
    answered = output.length;
    child.stdin.write(`${typeof answer[1] === "string" ? answer[1] : answer[1]()}\r`);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const [exitCode] = (await once(child, "close")) as [number | null];
  const text = plain(output);
  if (exitCode !== 0) throw new Error(`Ended with exit code ${exitCode}:\n${text.slice(-6_000)}`);
  return text;
}

/** Removes what only moves a cursor or sets a colour. */
// oxlint-disable-next-line no-control-regex
const plain = (text: string) => text.replaceAll(/\u001B\[[\d;?]*[A-Za-z]|\r/g, "");
