import type { Context } from "mocha";

/** Skips the test, or from within `before` the whole suite, and prints why. */
export function skip(context: Context, why: string): never {
  console.log(`      skipped: ${why}`);
  context.skip();
}
