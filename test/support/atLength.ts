/**
 * True in `npm test`, which holds every kind of check and takes some minutes. `npm run test:all`, and a test file that is
 * run by itself, go to full length.
 */
export const isBrief = process.env.TESTS === "brief";

/** Defines a test that `npm test` leaves to `npm run test:all`. */
export const itAtLength: (title: string, test: Mocha.Func | Mocha.AsyncFunc) => void = (title, test) => {
  if (!isBrief) it(title, test);
};
