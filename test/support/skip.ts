import type { Context } from "mocha";

/** Skips the test, or the whole suite if called in `before`, and prints the reason. */
export function skip(context: Context, why: string): never {
  console.log(`      skipped: ${why}`);
  context.skip();
}
