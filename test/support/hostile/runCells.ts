import { type Cell, runCell } from "./hostileCell.ts";
import type { HostileChain } from "./hostileChain.ts";
import { breaches, isIdle, mayStop } from "./law.ts";

const AT_ONCE = 12;

/** Runs cells, several at once: most of their time they wait. Returns the breaches of the law, by cell. */
export async function runCells(chain: HostileChain, cells: readonly Cell[], patienceMs: number): Promise<string[]> {
  const left = [...cells];
  const broken: string[] = [];
  const runSome = async () => {
    for (let cell = left.shift(); cell; cell = left.shift()) {
      const outcome = await runCell(chain, cell, { patienceMs, mayStop: mayStop(cell), isIdle: isIdle(cell) });
      const name = `${cell.quirks.join(" + ")}, ${cell.isPaired ? "and an honest endpoint" : "alone"}`;
      broken.push(...breaches(cell, outcome).map((breach) => `${name}: ${breach}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runSome));
  return broken;
}
