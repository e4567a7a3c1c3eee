interface ProblemKind {
  /** The HTTP status. */
  status: number;
  title: string;
  /** Explains the refusal. */
  meaning: string;
  /** The caller's next step. */
  remedy: string;
}

/**
 * Every kind of refusal by its code, for REST, GraphQL and the documents. The meaning of a code never changes, and no
 * code is reused. `docs/errors.md` describes the same codes, each with an example.
 */
export const problemCodes = {
  "malformed-parameter": {
    status: 400,
    title: "Malformed parameter",
    meaning: "A parameter is missing, unknown, named twice or of the wrong form.",
    remedy: "Correct the parameters that the detail names. `/openapi.json` describes each.",
  },
  "conflicting-parameters": {
    status: 400,
    title: "Conflicting parameters",
    meaning: "Parameters that are valid by themselves contradict each other.",
    remedy: "Leave out or change one of the parameters that the detail names.",
  },
  "forwards-only": {
    status: 400,
    title: "Forwards only",
    meaning: "GraphQL's `last` or `before` was given for a list that can only be read forwards.",
    remedy: "Ask with `first` and `after`.",
  },
  "malformed-request": {
    status: 400,
    title: "Malformed request",
    meaning: "The URL or the body of the request cannot be read.",
    remedy: "Correct the percent-encoding of the URL or the JSON of the body.",
  },
  "graphql-malformed": {
    status: 400,
    title: "Malformed GraphQL query",
    meaning:
      "The GraphQL query or its variables cannot be read, are longer than 4,000 tokens, or do not fit the schema.",
    remedy: "Correct the query at the place that `locations` names. Introspection returns the schema.",
  },
  "graphql-too-costly": {
    status: 400,
    title: "GraphQL query too costly",
    meaning:
      "The GraphQL query is deeper than 15 fields, has more than 2,000 fields, or may cost more than 50,000. A plain field costs 1, a field that takes long up to 5,000, `block` 2,000 more; page sizes multiply.",
    remedy: "Ask for smaller pages or fewer fields, in several queries.",
  },
  "unknown-currency": {
    status: 400,
    title: "Unknown currency",
    meaning: "The ledger has not admitted this currency.",
    remedy: "Use one of the currencies that `/v1/currencies` lists.",
  },
  "unknown-cursor": {
    status: 400,
    title: "Unknown cursor",
    meaning: "No item of this list has the cursor that `after` or `before` names.",
    remedy: "Use `next` of the page before, from the same list in the same order, or begin at the first page.",
  },
  "block-not-indexed": {
    status: 400,
    title: "Block not indexed",
    meaning: "The block is newer than the newest indexed one, or does not exist.",
    remedy: "Ask for an earlier block, or wait until `/health` shows this one.",
  },
  "block-before-deployment": {
    status: 400,
    title: "Block before the deployment",
    meaning: "The contracts did not exist yet at this block.",
    remedy: "Ask for the block of the deployment, which the detail names, or for a later one.",
  },
  "unknown-block": {
    status: 404,
    title: "Unknown block",
    meaning:
      "No indexed block has this hash. A reorg has replaced the block, or it is not indexed yet. Of blocks without an event of the deployment, the index has most numbers only and no hash.",
    remedy:
      "Ask with the hash that an answer has in `block.hash`, or with the block's number. If a reorg has replaced the block, read everything again.",
  },
  "unknown-page": {
    status: 404,
    title: "Unknown path",
    meaning: "No question of the API has this path and method.",
    remedy: "`/docs` shows all paths, `/openapi.json` lists them.",
  },
  "unknown-asset": {
    status: 404,
    title: "Unknown asset",
    meaning: "At this block, no asset has this id.",
    remedy: "Find the id in `/v1/assets`. An asset's id is the id of its first release.",
  },
  "unknown-release": {
    status: 404,
    title: "Unknown release",
    meaning: "At this block, no release has this id.",
    remedy: "Use an id from 1 to the last one, which the detail names. Ids have no gaps.",
  },
  "unknown-fee": {
    status: 404,
    title: "Unknown fee",
    meaning: "At this block, no fee has this id.",
    remedy: "Find the id in `/v1/fees`. A reorg can remove a fee that is not final.",
  },
  "unknown-inlet": {
    status: 404,
    title: "Unknown inlet",
    meaning: "At this block, no inlet is open at this address.",
    remedy:
      "Find the address in `/v1/inlets`. For an inlet that is not open yet, the contract's `inletOf` returns the address.",
  },
  "unknown-outlet": {
    status: 404,
    title: "Unknown outlet",
    meaning: "At this block, no outlet is open at this address.",
    remedy:
      "Find the address in `/v1/outlets`. For an outlet that is not open yet, the contract's `outletOf` returns the address.",
  },
  "unknown-operation": {
    status: 404,
    title: "Unknown operation",
    meaning: "At this block, no operation with this id was scheduled in the timelock.",
    remedy: "Find the id in `/v1/governance/operations`. A reorg can remove an operation that is not final.",
  },
  "book-absent": {
    status: 404,
    title: "Book absent",
    meaning: "The deployment file names none of the contracts that this question is about.",
    remedy: "Ask a service whose deployment has that contract.",
  },
  "precondition-failed": {
    status: 412,
    title: "Precondition failed",
    meaning: "The file of the explorer does not fulfil `If-Match` or `If-Unmodified-Since`.",
    remedy: "Ask for the file without that header.",
  },
  "body-too-large": {
    status: 413,
    title: "Body too large",
    meaning: "The body of the request is larger than 64 KiB.",
    remedy: "Send less: a shorter query, or several queries.",
  },
  "address-too-long": {
    status: 414,
    title: "Path too long",
    meaning: "A part of the URL's path is longer than 200 characters.",
    remedy: "Correct that part of the path. No id is that long.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "Unsupported media type",
    meaning: "The body of the request has a content type that the API does not accept.",
    remedy: "Send JSON, with `Content-Type: application/json`.",
  },
  "range-not-satisfiable": {
    status: 416,
    title: "Range not satisfiable",
    meaning: "The range in `Range` lies beyond the end of the explorer's file.",
    remedy: "Ask for the file without that header.",
  },
  "internal-fault": {
    status: 500,
    title: "Internal fault",
    meaning: "A fault in the indexer prevented an answer.",
    remedy: "Report the fault with the time and the URL. The indexer's log has the reason.",
  },
  "node-not-asked": {
    status: 501,
    title: "No node to ask",
    meaning: "The answer must be read from a node of the chain, and this service was started without one.",
    remedy: "Ask another service of this deployment that was started with `--rpc`.",
  },
  "no-block-yet": {
    status: 503,
    title: "No block yet",
    meaning: "The indexer has just started and has not indexed any block.",
    remedy: "Ask again in a moment.",
  },
  "block-not-ready": {
    status: 503,
    title: "Block not ready",
    meaning: "The state at this earlier block is still being computed.",
    remedy: "Ask again in a moment for the same block. The computation goes on.",
  },
  "book-incomplete": {
    status: 503,
    title: "Book incomplete",
    meaning:
      "The contracts that this question is about are new to this store. Their earlier events are still being read from the chain.",
    remedy: "Ask again later. Questions about other contracts are answered meanwhile.",
  },
  "too-busy": {
    status: 503,
    title: "Too busy",
    meaning: "Too many long questions are being answered, or too many listeners to events are connected.",
    remedy: "Ask again later, or ask another service of this deployment.",
  },
  "takes-too-long": {
    status: 503,
    title: "Takes too long",
    meaning: "The answer was not ready within the time that a question may take.",
    remedy: "Ask for less: a smaller depth or page, or a shorter period.",
  },
  "request-aborted": {
    status: 503,
    title: "Request aborted",
    meaning: "The connection was closed, or the service stopped, before the answer was ready.",
    remedy: "Ask again if the answer is still wanted.",
  },
  "store-away": {
    status: 503,
    title: "Store unavailable",
    meaning: "The answer must be read from the store, and the store's database does not respond at the moment.",
    remedy: "Ask again later, or ask for the newest block, which needs no store.",
  },
  "node-away": {
    status: 503,
    title: "Node unavailable",
    meaning: "The answer must be read from a node of the chain, and no node returned a usable one.",
    remedy: "Ask again later, or with a later `from`.",
  },
  "indexer-failed": {
    status: 503,
    title: "Indexer failed",
    meaning: "A fatal error has stopped the indexer. It answers no questions any more.",
    remedy: "Ask another service of this deployment. The operator finds the reason in the log.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemCodes;
