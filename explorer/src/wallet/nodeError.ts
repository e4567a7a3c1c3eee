import { classifyFailure, describeFailure, type FailureKind } from "#protocol/failures/failure.ts";
import { UserError } from "#protocol/userError.ts";

const NODE_FAILURES: ReadonlySet<FailureKind> = new Set([
  "unreachable",
  "limited",
  "unauthorized",
  "notNode",
  "badUrl",
]);

/**
 * Returns the error of a request with the name of the node that failed, if the node is the reason; else unchanged.
 *
 * @param rpc URL of the explorer's endpoint. Undefined: the wallet's node was asked.
 */
export function nodeError(error: unknown, rpc: string | undefined): unknown {
  const failure = classifyFailure(error);
  if (error instanceof UserError || !NODE_FAILURES.has(failure.kind)) return error;
  const subject = rpc === undefined ? "Your wallet's node" : `The explorer's node (${hostOf(rpc)})`;
  const remedy =
    rpc === undefined
      ? "You can choose another node in the wallet's network settings."
      : "Or connect a wallet that is on this network: its own node is asked then.";
  return new UserError(`${describeFailure(failure, subject)} ${remedy} Pages that only show figures work without it.`, {
    cause: error,
  });
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
