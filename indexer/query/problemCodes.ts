interface ProblemKind {
  /** The HTTP status. */
  status: number;
  title: string;
  /** One sentence. */
  meaning: string;
  /** The caller's next step. */
  remedy: string;
}

/**
 * Every kind of refusal by its code, for REST, GraphQL and the documents. A code never changes its meaning, and none is
 * reused. `docs/errors.md` describes the same codes, each with an example.
 */
export const problemCodes = {
  "malformed-parameter": {
    status: 400,
    title: "Malformed parameter",
    meaning: "A parameter is missing, unknown, named twice or of the wrong form.",
    remedy: "Correct the parameters that the detail names; `/openapi.json` describes each.",
  },
  "conflicting-parameters": {
    status: 400,
    title: "Conflicting parameters",
    meaning: "Parameters that are valid by themselves contradict each other.",
    remedy: "Leave out or change one of those that the detail names.",
  },
  "forwards-only": {
    status: 400,
    title: "Forwards only",
    meaning: "GraphQL's `last` or `before` was given for a list that has pages in one direction only.",
    remedy: "Ask with `first` and `after`.",
  },
  "malformed-request": {
    status: 400,
    title: "Malformed request",
    meaning: "The address or the body of the request cannot be read.",
    remedy: "Correct the percent-encoding of the address or the JSON of the body.",
  },
  "graphql-malformed": {
    status: 400,
    title: "Malformed GraphQL query",
    meaning:
      "The GraphQL query or its variables cannot be read, are longer than 4,000 tokens, or do not fit the schema.",
    remedy: "Correct the query at the place that `locations` names; introspection gives the schema.",
  },
  "graphql-too-costly": {
    status: 400,
    title: "GraphQL query too costly",
    meaning: "The GraphQL query is too deep, has too many fields, or may resolve too many with its pages multiplied.",
    remedy: "Ask for smaller pages or fewer fields, in several queries.",
  },
  "unknown-currency": {
    status: 400,
    title: "Unknown currency",
    meaning: "The ledger has not admitted this currency.",
    remedy: "Name one of those that `/v1/currencies` lists.",
  },
  "unknown-cursor": {
    status: 400,
    title: "Unknown cursor",
    meaning: "No item of this list has the cursor that `after` or `before` names.",
    remedy: "Use `next` of the page before, of the same list and order, or begin at the first page.",
  },
  "block-not-indexed": {
    status: 400,
    title: "Block not indexed",
    meaning: "The block is newer than the newest indexed one, or does not exist.",
    remedy: "Name an earlier block, or wait until `/health` shows this one.",
  },
  "block-before-deployment": {
    status: 400,
    title: "Block before the deployment",
    meaning: "The contracts did not exist yet as of this block.",
    remedy: "Name the block of the deployment, which the detail names, or a later one.",
  },
  "unknown-page": {
    status: 404,
    title: "Unknown page",
    meaning: "No question has this address and method.",
    remedy: "Choose one of those that `GET /` lists.",
  },
  "unknown-asset": {
    status: 404,
    title: "Unknown asset",
    meaning: "No asset has this id as of the block.",
    remedy: "Find the id in `/v1/assets`; it is that of the asset's first release.",
  },
  "unknown-release": {
    status: 404,
    title: "Unknown release",
    meaning: "No release has this id as of the block.",
    remedy: "Ids run from 1 without gaps; the detail names the last.",
  },
  "unknown-fee": {
    status: 404,
    title: "Unknown fee",
    meaning: "No fee has this id as of the block.",
    remedy: "Find the id in `/v1/fees`; a reorg can take a fee back that is not final.",
  },
  "unknown-inlet": {
    status: 404,
    title: "Unknown inlet",
    meaning: "No inlet was opened at this address as of the block.",
    remedy: "Find the address in `/v1/inlets`; one that was not opened yet is told by the contract's `inletOf`.",
  },
  "book-absent": {
    status: 404,
    title: "Book absent",
    meaning: "The deployment's file names no contract that this question is about.",
    remedy: "Ask a service whose deployment has that contract.",
  },
  "precondition-failed": {
    status: 412,
    title: "Precondition failed",
    meaning: "A file of the explorer is not as `If-Match` or `If-Unmodified-Since` asks.",
    remedy: "Ask for the file without that header.",
  },
  "body-too-large": {
    status: 413,
    title: "Body too large",
    meaning: "The body of the request is larger than 64 KiB.",
    remedy: "Send less: a shorter query, or several.",
  },
  "address-too-long": {
    status: 414,
    title: "Address too long",
    meaning: "A part of the address's path is longer than 200 characters.",
    remedy: "Correct that part; no id is so long.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "Unsupported media type",
    meaning: "The body of the request is of a type that is not read here.",
    remedy: "Send JSON, with `Content-Type: application/json`.",
  },
  "range-not-satisfiable": {
    status: 416,
    title: "Range not satisfiable",
    meaning: "A file of the explorer is shorter than `Range` asks.",
    remedy: "Ask for the file without that header.",
  },
  "internal-fault": {
    status: 500,
    title: "Internal fault",
    meaning: "A fault of the indexer prevented an answer.",
    remedy: "Report it with the time and the address; the indexer's log has the reason.",
  },
  "node-not-asked": {
    status: 501,
    title: "Node not asked",
    meaning: "The answer is read from a node of the chain, and this service has none.",
    remedy: "Ask a service that was started with `--rpc`.",
  },
  "no-block-yet": {
    status: 503,
    title: "No block yet",
    meaning: "The indexer has just been started and has not indexed any block.",
    remedy: "Ask again in a moment.",
  },
  "block-not-ready": {
    status: 503,
    title: "Block not ready",
    meaning: "The state as of this earlier block is still being computed.",
    remedy: "Ask again in a moment for the same block; the computation goes on.",
  },
  "book-incomplete": {
    status: 503,
    title: "Book incomplete",
    meaning: "A set of tables that is new to this store is still being read from the chain.",
    remedy: "Ask again later; questions about other contracts are answered meanwhile.",
  },
  "too-busy": {
    status: 503,
    title: "Too busy",
    meaning: "Too many long questions, or too many listeners to events, are being served.",
    remedy: "Ask again later, or ask another process of the same service.",
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
    meaning: "The caller closed the connection, or the service was stopped, before the answer was ready.",
    remedy: "Ask again if the answer is still wanted.",
  },
  "store-away": {
    status: 503,
    title: "Store away",
    meaning: "The answer takes the store, and the store's database does not answer at the moment.",
    remedy: "Ask again later, or as of the newest block, which takes no store.",
  },
  "node-away": {
    status: 503,
    title: "Node away",
    meaning: "The answer is read from a node of the chain, and no node gave a usable one.",
    remedy: "Ask again later, or for fewer blocks.",
  },
  "indexer-failed": {
    status: 503,
    title: "Indexer failed",
    meaning: "The indexer met something that it cannot continue after, and serves nothing any more.",
    remedy: "Ask another process; the operator finds the reason in the log.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemCodes;
