import { UserError } from "#protocol/userError.ts";
import { ApiProblem, type Schemas, Unreachable, UNREACHABLE_TEXT } from "../api/client.ts";

/** The page to look at if something does not exist. */
interface Alternative {
  /** The thing to search for, as part of a sentence. */
  search: string;
  list: string;
  path: string;
}

const ALTERNATIVES: Partial<Record<Schemas["ProblemCode"], Alternative>> = {
  "unknown-asset": { search: "its name", list: "assets", path: "/assets" },
  "unknown-release": { search: "the name of its asset", list: "releases", path: "/releases" },
  "unknown-fee": { search: "its reference", list: "fees", path: "/fees" },
};

export interface FailureText {
  isMissing: boolean;
  reason: string;
  /** Set if something that the explorer has a list of does not exist. */
  alternative: Alternative | undefined;
}

/** Describes an error for the reader. */
export function failureText(error: Error): FailureText {
  const alternative = error instanceof ApiProblem && error.code ? ALTERNATIVES[error.code] : undefined;
  return {
    isMissing: error instanceof ApiProblem && error.status === 404,
    reason: alternative ? withoutPaths(error.message) : reasonOf(error),
    alternative,
  };
}

/** Leaves out the sentences that name paths of the API, which are between backquotes. */
const withoutPaths = (message: string): string =>
  message
    .split(/(?<=\.) /)
    .filter((sentence) => !sentence.includes("`"))
    .join(" ");

function reasonOf(error: Error): string {
  if (error instanceof ApiProblem || error instanceof UserError) return error.message;
  // Undefined where there is no browser.
  const isOnline = (navigator as { onLine?: boolean }).onLine ?? true;
  if (error instanceof Unreachable || !isOnline) {
    return UNREACHABLE_TEXT;
  }
  return "An unexpected error occurred. Reload the page.";
}
