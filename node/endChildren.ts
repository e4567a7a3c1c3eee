import { readdirSync, readFileSync } from "node:fs";

const INTERRUPTED = 130;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Ends the child processes of this process when it exits, until the returned function is called: a compiler would otherwise
 * go on alone after a signal to its parent. A signal ends the process, unless the program has a listener of its own for it.
 */
export function endChildrenOnExit(): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) === 1) process.exit(INTERRUPTED);
  };
  process.on("exit", endChildren);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    process.off("exit", endChildren);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

/** Kills the children of this process, as Linux lists them. On other systems it finds none. */
function endChildren(): void {
  for (const child of childrenOf(process.pid)) {
    try {
      process.kill(child, "SIGKILL");
    } catch {
      // it has ended by itself
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
