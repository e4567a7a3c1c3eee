import type { Hex } from "viem";

/**
 * Returns true if code compares the selector of a call with this one, as compilers begin a function: PUSH4, then EQ or XOR.
 * Code that only calls such a function of others contains the selector, too, but does not compare it. The code of a proxy
 * has no functions of its own.
 */
export const hasFunction = (code: Hex, selector: Hex): boolean =>
  new RegExp(`63${selector.slice(2)}(?:81)?(?:14|18)`, "i").test(code);
