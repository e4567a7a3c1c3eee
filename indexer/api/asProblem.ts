import type { FastifyError } from "fastify";
import { Problem } from "../query/problem.ts";
import { WalkTooLong } from "../turns.ts";

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
  if (error.name === "AbortError") return new Problem(503, "Given up", "Whoever asked did not wait for the answer.");
  if ("statusCode" in error && error.statusCode && error.statusCode < 500) {
    return new Problem(error.statusCode, "Bad request", error.message);
  }
  return new Problem(500, "Internal error", "The indexer failed to answer. Its log says why.");
}
