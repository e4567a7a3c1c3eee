import type { FastifyError } from "fastify";
import { TooBusy } from "../scheduling/semaphore.ts";
import { Problem } from "../query/problem.ts";
import { WalkTooLong } from "../scheduling/turns.ts";

/** How a failure is told to whoever asked. */
export function asProblem(error: FastifyError | Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof WalkTooLong) {
    return new Problem(
      503,
      "Takes too long",
      `${error.message} Ask for less: a smaller depth or page, or a shorter time.`,
    );
  }
  if (error instanceof TooBusy) return new Problem(503, "Busy", `${error.message} Try again later.`);
  if ("code" in error && error.code === "FST_ERR_HANDLER_TIMEOUT") {
    return new Problem(503, "Takes too long", "No answer was found in time. Ask for less, or try again later.");
  }
  if (error.name === "AbortError") return new Problem(503, "Given up", "Whoever asked did not wait for the answer.");
  if ("statusCode" in error && error.statusCode && error.statusCode < 500) {
    return new Problem(error.statusCode, "Bad request", error.message);
  }
  return new Problem(500, "Internal error", "The indexer failed to answer. Its log says why.");
}
