import type { FastifyError } from "fastify";
import { TooBusy } from "../scheduling/semaphore.ts";
import { Problem } from "../query/problem.ts";
import { type ProblemCode, problemCodes } from "../query/problemCodes.ts";
import { WalkTooLong } from "../scheduling/turns.ts";
import { StoreUnavailable } from "../store/storeUnavailable.ts";

/** Codes for refusals of the HTTP server, by status. */
const CODES: Readonly<Record<number, ProblemCode>> = {
  412: "precondition-failed",
  413: "body-too-large",
  414: "address-too-long",
  415: "unsupported-media-type",
  416: "range-not-satisfiable",
};

/** Codes whose errors have only the title of the HTTP status as their message. */
const UNEXPLAINED: ReadonlySet<ProblemCode> = new Set([
  "precondition-failed",
  "unsupported-media-type",
  "range-not-satisfiable",
]);

/** Turns any error into the problem that the caller gets. */
export function asProblem(error: FastifyError | Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof WalkTooLong) {
    return new Problem(
      "takes-too-long",
      `${error.message} Ask for less: a smaller depth or page, or a shorter period.`,
    );
  }
  if (error instanceof TooBusy) return new Problem("too-busy", `${error.message} Try again later.`);
  if (error instanceof StoreUnavailable) {
    return new Problem("store-away", "The store cannot be read at the moment. Try again later.");
  }
  if ("code" in error && error.code === "FST_ERR_HANDLER_TIMEOUT") {
    return new Problem("takes-too-long", "The answer was not ready in time. Ask for less, or try again later.");
  }
  if (error.name === "AbortError") {
    return new Problem(
      "request-aborted",
      "The connection was closed, or the service stopped, before the answer was ready. Ask again.",
    );
  }
  if ("statusCode" in error && error.statusCode && error.statusCode < 500) {
    const code = CODES[error.statusCode] ?? "malformed-request";
    const { meaning, remedy } = problemCodes[code];
    return new Problem(code, UNEXPLAINED.has(code) ? `${meaning} ${remedy}` : error.message);
  }
  return new Problem("internal-fault", "The indexer failed to answer. Its log has the reason.");
}
