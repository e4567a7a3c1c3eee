/**
 * The kind of an error that a node or its provider answers with, by its code and its words:
 *
 * - `reverted`: the contract reverted, or its code stopped.
 * - `tooLarge`: the request, or the answer to it, exceeds a limit. A smaller request may be answered.
 * - `limited`: too many requests. Later ones may be answered.
 * - `pruned`: the node keeps nothing so old.
 * - `unsupported`: the node does not have the method, or does not allow it.
 * - `away`: the provider has no node that can answer now.
 */
export type NodeErrorKind = "reverted" | "tooLarge" | "limited" | "pruned" | "unsupported" | "away";

export interface NodeError {
  /** The text of the error, with that of its data. */
  message: string;
  code?: unknown;
  /** The HTTP status of the answer. */
  status?: number | undefined;
  /** The method that was called. Only `eth_getLogs` can be too large without saying so. Default: not known. */
  method?: string | undefined;
  /** True if the request was about blocks far below the newest. Default: false. */
  isOld?: boolean | undefined;
}

/** Messages of nodes for code that reverts, or that stops without reverting, as that of old compilers does. */
export const REVERTED =
  /revert|invalid opcode|bad instruction|\bout of gas|bad jump|invalid jump|stack (?:underflow|overflow)|VM execution error/i;

/** Joins the alternatives of a pattern. Ignores case. */
const any = (...alternatives: readonly RegExp[]) => new RegExp(alternatives.map(({ source }) => source).join("|"), "i");

/** Rates, in words that nothing else is told with. */
const RATE = any(
  /too many (?:\w+ ){0,2}(?:requests?|calls|connections|queries)\b/,
  /rate.?limit|limited rate|(?:request|call|query|compute|data) rate|rate (?:was |is |has been )?exceeded/,
  /throttl|slow down|compute units?|throughput|quota|concurren(?:t|cy)/,
  /requests? (?:count|limit|quota)|(?:exceeded|reached) (?:\w+ ){0,3}requests?(?: limit)?\b|requests limited/,
  /(?:per|\/) ?(?:second|sec|minute|min|hour|day|month)\b|\d\/s\b/,
  /credits? (?:are |is )?(?:limited|exhausted|exceeded|used)|(?:out of|insufficient|no more|not enough) credits?/,
  /(?:app|project|account|plan|key|user|ip|you) (?:\w+ )?(?:has|have) (?:\w+ )?(?:exceeded|reached|exhausted|used)/,
  /(?:daily|monthly|hourly|capacity|usage|plan|tier|bandwidth) (?:\w+ ){0,2}(?:limit|exceeded|exhausted|reached)/,
  /reached the free tier|upgrade your (?:tier|plan|account)/,
  /(?:try again|retry|backoff|back off|wait) (?:after |in |for )?\d/,
);

/** Error codes that only tell of rates. -32005, -32016 and others tell of sizes or of something else, too. */
const RATE_CODES: ReadonlySet<unknown> = new Set([-32_007, -32_029, -32_090, -32_097]);

const PRUNED = any(
  /\bprun(?:ed?|ing)\b|missing trie node|history (?:has |was |is )?expired|expired history|EIP-?4444/,
  /(?:historical|history|ancient|archived?|old) (?:\w+ ){0,3}(?:is |are |was )?(?:unavailable|not available|not supported|missing|disabled|not found)/,
  /historical (?:state|rpc|data)|archive (?:node|data|state|requests?|access|mode|plan|block)|world state unavailable/,
  /(?:lowest|earliest|oldest|first) (?:\w+ )?(?:height|block|slot)\b/,
  /data before .{0,40}not available|(?:state|receipts?|logs|bod(?:y|ies)) (?:is |are |was )?not available/,
  /no state available|state (?:already )?(?:discarded|deleted)|max-recreate-state-depth|version does not exist/,
  /(?:only|last|recent) (?:the )?(?:last |recent |most recent )?[\d,]+ blocks|retention|no longer (?:available|kept|stored)/,
  /out of (?:the )?range of the node|failed to load state at height/,
);
/** The code of EIP-4444. */
const PRUNED_CODE = "4444";
/** A node that is behind says the same of new blocks. */
const NOT_THERE =
  /(?:block|header|headers|height|epoch|tipset|resource|data|hash|logs?) (?:\S+ ){0,4}(?:not found|missing|unknown|(?:not |un)available|does(?: not|n't) exist|out of range|too old)|(?:blocks?|headers?) .*cannot be found|unknown block|(?:missing|no such|cannot find|could not find) (?:block|header)|failed to get logs|(?:not |un)available|out of range/i;

const TOO_LARGE = any(
  /blocks?.?range|blocks? (?:distance|span)|ranges? (?:over|of more|limit)|range (?:is |was )?(?:too |exceed|larger|greater|\d)/,
  /(?:max(?:imum)?|exceed(?:s|ed|ing)?|too (?:large|wide|big|long)|larger|greater|smaller|narrower) (?:\w+ ){0,3}range/,
  /\d ?k? ?(?:results|logs|log entries|events|blocks|records|entries|items|addresses|topics)\b/,
  /(?:max(?:imum)?|too many|exceed(?:s|ed|ing)?|more than|number of) (?:\w+ ){0,4}(?:results|logs|events|blocks|topics|addresses)\b/,
  /limited to (?:an? |at most |0 ?- ?)?[\d,.]+ ?k? ?(?:block|range)/,
  /(?:response|result|reply|logs?|payload|content|body) (?:body |content )?(?:size|length)/,
  /(?:response|reply|results?|payload|entity|content|body|query|filter|request) (?:\w+ )?(?:is |are |was )?too (?:large|big|long|broad|heavy)/,
  /query (?:\w+ )?(?:exceed|limit|timeout|timed out|took|duration)|must be smaller than size|filter (?:is )?too|less number of address/,
);

/** Words of limits on batches. A batch of fewer calls, or a single call, may be answered. */
const BATCH = /\bbatch(?:es|ed)?\b/i;

const UNSUPPORTED_CODES: ReadonlySet<unknown> = new Set([-32_601, -32_004, 4_200]);
const REFUSED_METHOD =
  "(?:not found|(?:not |un)supported|does(?: not|n't) exist|(?:not |un)available|not (?:\\w+ )?(?:whitelisted|allowed|permitted|enabled|implemented|included|accessible|found|exposed)|disabled|blocked|forbidden|restricted|invalid|unknown)";
const UNSUPPORTED = any(
  new RegExp(String.raw`\bmethods? (?:\S+ ){0,6}${REFUSED_METHOD}`),
  new RegExp(String.raw`\b(?:eth|net|web3)_\w+\W+(?:\S+ ){0,4}${REFUSED_METHOD}`),
  /(?:unsupported|unknown|no such|disallowed|forbidden|invalid) (?:\w+ )?method|not included in your (?:\w+ )?plan|module \S* ?(?:is )?(?:not|disabled)/,
);

/** Outages, told by a balancer or a gateway. */
const AWAY = any(
  /no (?:\w+ ){0,2}(?:backend|server|node|upstream|provider)s? (?:\w+ ){0,4}(?:available|healthy|serve)/,
  /(?:temporarily|service|server|upstream|backend|currently) (?:is )?(?:unavailable|busy|down|overloaded)/,
  /too much load|overload|unable to complete|bad gateway|gateway time-?out|maintenance|app is inactive/,
);

/** Limits of something that the text does not name. */
const SOME_LIMIT = /limit(?:s)? (?:was |has been |is )?(?:exceed|reach)|(?:exceed|reach)\w* (?:\w+ ){0,3}limit/i;
const SOME_LIMIT_CODE = -32_005;

/** Returns the kind of a node's error; undefined if it is another one. */
export function kindOfNodeError(error: NodeError): NodeErrorKind | undefined {
  const { message, status, method, isOld } = error;
  const code = typeof error.code === "string" && /^-?\d+$/.test(error.code) ? Number(error.code) : error.code;
  if (REVERTED.test(message) || code === 3) return "reverted";
  if (status === 429 || code === 429) return "limited";
  const isRate = RATE.test(message);
  if (String(code) === PRUNED_CODE || (PRUNED.test(message) && !isRate)) return "pruned";
  if (TOO_LARGE.test(message) || status === 413) return "tooLarge";
  if (BATCH.test(message) && !/rate/i.test(message)) return "tooLarge";
  if (isRate || RATE_CODES.has(code)) return "limited";
  if ((status === 403 || status === 503) && /exceed/i.test(message)) return "limited";
  if (UNSUPPORTED_CODES.has(code) || UNSUPPORTED.test(message)) return "unsupported";
  if (AWAY.test(message)) return "away";
  if (isOld && NOT_THERE.test(message)) return "pruned";
  if (SOME_LIMIT.test(message) || (code === SOME_LIMIT_CODE && method !== undefined)) {
    // A gateway, which knows of no logs, answers without a code.
    return method === "eth_getLogs" && code !== undefined ? "tooLarge" : "limited";
  }
  return undefined;
}

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const WAIT_KEY =
  /^(?:retry_?after|try_?again_?in|back_?off|reset_?(?:in|after)|wait)_?(seconds|secs?|s|ms|millis\w*)?$/i;
const WAIT_WORDS =
  /(?:try(?:ing)? again|retry|re-try|back ?off|wait|resets?|available|reconnect)\b(?:[:=\s]|after|in|for|at least|about)*(\d+(?:\.\d+)?) ?(milliseconds?|millis|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h)?\b/i;

/** Returns the time in ms that a node asks to be left alone for, in its error's text or data; undefined if in neither. */
export function readWait(message: string, data?: unknown): number | undefined {
  const told = waitIn(data, 0);
  if (told !== undefined) return told;
  const [, number, unit] = WAIT_WORDS.exec(message) ?? [];
  return number === undefined ? undefined : Number(number) * factorOf(unit);
}

function waitIn(data: unknown, depth: number): number | undefined {
  if (typeof data !== "object" || data === null || depth > 3) return undefined;
  for (const [key, value] of Object.entries(data)) {
    const [isWait, unit] = WAIT_KEY.exec(key) ?? [];
    const wait = isWait === undefined ? waitIn(value, depth + 1) : duration(value, unit);
    if (wait !== undefined) return wait;
  }
  return undefined;
}

/** Parses a number, or durations such as `9.2s` and `1m30s`. */
function duration(value: unknown, unit: string | undefined): number | undefined {
  if (value !== "" && Number.isFinite(Number(value)) && /number|string/.test(typeof value)) {
    return Math.max(0, Number(value) * factorOf(unit));
  }
  const parts = [...String(value).matchAll(/(\d+(?:\.\d+)?) ?(ms|[hms])/gi)];
  if (typeof value !== "string" || parts.length === 0) return undefined;
  return parts.reduce((sum, [, number, each]) => sum + Number(number) * factorOf(each), 0);
}

const factorOf = (unit = "s"): number =>
  UNITS_MS[/^(?:ms|msec|milli)/i.test(unit) ? "ms" : unit.charAt(0).toLowerCase()] ?? 1_000;
