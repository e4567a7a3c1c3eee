/**
 * True in `npm test`, which holds every kind of check and takes some minutes. `npm run test:all`, and a test file that is
 * run by itself, go to full length.
 */
export const isBrief = process.env.TESTS === "brief";

/** Defines a test that `npm test` leaves to `npm run test:all`. */
export function itAtLength(title: string, test: (this: Mocha.Context) => void | Promise<void>): void {
  if (!isBrief) it(title, test);
}
