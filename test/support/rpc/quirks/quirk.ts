/** One call of a request. */
export interface Call {
  id: unknown;
  method: string;
  params?: unknown[];
}

/** Answers a call, or throws: an {@link RpcError} becomes a JSON-RPC error with its code. */
export type Ask = (method: string, params: unknown[]) => Promise<unknown>;

/** A reply over HTTP. Text is sent as it is, anything else as JSON. `undefined`: the connection is closed instead. */
export type Reply = { status: number; body: unknown } | undefined;

/** A JSON-RPC error of a node. */
export class RpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A lasting quirk of one node, from the moment at which it was switched on. */
export interface Quirk {
  /** Replaces the reply to a request, which is one call or a batch. */
  reply?: (asked: Call | Call[], next: () => Promise<Reply>) => Promise<Reply>;
  /** Replaces the answer to one call. */
  answer?: (method: string, params: unknown[], next: Ask) => Promise<unknown>;
}

/** A quirk that nodes have in the field. */
export interface QuirkKind {
  /** The quirk in one sentence. */
  does: string;
  /** The providers or issues in which it was seen. */
  seen: string;
  /** Switches it on at a node. It calls `met` each time that it changes something. */
  start: (met: () => void) => Quirk;
}

/** The JSON of a block's header or of a log. */
export type Fields = Record<string, unknown>;

export const isBlockMethod = (method: string) => method.startsWith("eth_getBlockBy");
export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** The filter of a request for logs. */
export interface LogFilter {
  fromBlock?: string;
  toBlock?: string;
  blockHash?: string;
}

/** Returns the filter of a request for logs; undefined for other requests. */
export const logFilter = (method: string, params: unknown[]): LogFilter | undefined =>
  method === "eth_getLogs" ? ((params[0] ?? {}) as LogFilter) : undefined;

/** Returns the number of blocks of a request for a range of logs; 0 for other requests. */
export function blocksAsked(method: string, params: unknown[]): number {
  const { fromBlock, toBlock } = logFilter(method, params) ?? {};
  return fromBlock === undefined ? 0 : Number(toBlock) - Number(fromBlock) + 1;
}

/** Makes a quirk that changes headers. `change` returns the same object if it changes nothing. */
export const changingBlocks =
  (change: (block: Fields, next: Ask) => Fields | Promise<Fields>): QuirkKind["start"] =>
  (met) => ({
    answer: async (method, params, next) => {
      const block = await next(method, params);
      if (!isBlockMethod(method) || !isFields(block)) return block;
      const changed = await change(block, next);
      if (changed !== block) met();
      return changed;
    },
  });

/** Makes a quirk that changes lists of logs. `change` returns the same list if it changes nothing. */
export const changingLogs =
  (change: (logs: Fields[], filter: LogFilter, next: Ask) => Fields[] | Promise<Fields[]>): QuirkKind["start"] =>
  (met) => ({
    answer: async (method, params, next) => {
      const logs = await next(method, params);
      const filter = logFilter(method, params);
      if (!filter || !Array.isArray(logs)) return logs;
      const changed = await change(logs as Fields[], filter, next);
      if (changed !== logs) met();
      return changed;
    },
  });

/** Makes a quirk that refuses some calls. `refusal` returns the error, or undefined. */
export const refusing =
  (refusal: (method: string, params: unknown[]) => RpcError | undefined): QuirkKind["start"] =>
  (met) => ({
    answer: async (method, params, next) => {
      const error = refusal(method, params);
      if (!error) return next(method, params);
      met();
      throw error;
    },
  });

/** Makes a quirk that sends another reply to some requests. `replace` returns undefined for the others. */
export const replying =
  (replace: (asked: Call | Call[]) => { reply: Reply } | undefined): QuirkKind["start"] =>
  (met) => ({
    reply: async (asked, next) => {
      const replaced = replace(asked);
      if (!replaced) return next();
      met();
      return replaced.reply;
    },
  });

/** Returns the hash of another chain's block in the place of this one; equal for equal hashes. */
export const otherHash = (hash: unknown): string => `0x0bad${String(hash).slice(6)}`;

export const errorReply = (id: unknown, error: unknown) => ({ jsonrpc: "2.0", id, error });
