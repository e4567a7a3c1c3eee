import type { Endpoint } from "#node/rpc/endpoint.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import type { NoticeCode } from "#node/rpc/notices.ts";

// The conditions that reading the chain reports to the operator; see `Notices`.

/** The conditions that end once blocks can be read again. */
const ENDED_BY_PROGRESS: ReadonlySet<NoticeCode> = new Set([
  "methodMissing",
  "logsPruned",
  "endpointsDisagree",
  "logsWithheld",
  "notFollowable",
  "deepReorg",
]);

/** Ends the conditions that had stopped reading, since blocks were read again. */
export function clearStops({ notices }: Endpoints): void {
  for (const { code, endpoints, stops } of notices.all) {
    if (stops && ENDED_BY_PROGRESS.has(code)) notices.clear(code, endpoints);
  }
}

/** Stops using the chain's bloom filters, which were shown to be untrue or to say nothing. */
export function distrustBlooms(endpoints: Endpoints, why: string): void {
  if (!endpoints.bloomsAreTrue) return;
  endpoints.bloomsAreTrue = false;
  endpoints.notices.raise({
    code: "bloomsUntrue",
    endpoints: [],
    message: `${why}. They are not used any more, so logs that a single endpoint leaves out are not noticed. Name a second endpoint with --rpc, and start with --bloom off if this chain's bloom filters are known to be untrue.`,
    stops: false,
  });
}

/** Reports that an endpoint keeps no logs of some blocks. It stops reading if no other endpoint can be asked. */
export function reportPruned(endpoints: Endpoints, { name }: Endpoint, from: bigint, to: bigint, stops: boolean): void {
  endpoints.notices.raise({
    code: "logsPruned",
    endpoints: [name],
    message: `${name} keeps no logs so old (asked for blocks ${from} to ${to}). Add an endpoint with all logs (an archive node) with --rpc.`,
    stops,
  });
}

/** Reports that an endpoint does not have a method. It stops reading if no other endpoint can be asked. */
export function reportMissing(endpoints: Endpoints, { name }: Endpoint, why: string, stops: boolean): void {
  endpoints.notices.raise({
    code: "methodMissing",
    endpoints: [name],
    message: `${name} does not have a method that indexing needs (${why}). Name another endpoint with --rpc, or allow the method.`,
    stops,
  });
}

/** Reports that an endpoint leaves out logs. It stops reading if no other endpoint can be asked. */
export function reportWithheld(endpoints: Endpoints, { name }: Endpoint, what: string, stops: boolean): void {
  endpoints.notices.raise({
    code: "logsWithheld",
    endpoints: [name],
    message: `${name} leaves out logs: ${what}. ${stops ? "Reading waits for them. Name another endpoint with --rpc." : "Name another endpoint with --rpc, and compare the index with the chain (npm run indexer -- verify)."}`,
    stops,
  });
}

/** Reports that two endpoints return different logs. It stops reading while nothing shows which one is right. */
export function reportDisagreement(
  endpoints: Endpoints,
  [a, b]: readonly [Endpoint, Endpoint],
  { where, outcome, stops }: { where: string; outcome: string; stops: boolean },
): void {
  endpoints.notices.raise({
    code: "endpointsDisagree",
    endpoints: [a.name, b.name],
    message: `${a.name} and ${b.name} return different logs for ${where}. ${outcome}`,
    stops,
  });
}

/** Reports that the chain cannot be followed. */
export function reportNotFollowable({ notices }: Endpoints, why: string): void {
  notices.raise({
    code: "notFollowable",
    endpoints: [],
    message: `This chain cannot be followed, because its endpoints break a rule that indexing depends on: ${why}. Name another endpoint with --rpc; if all do the same, ask the chain's operators.`,
    stops: true,
  });
}
