/**
 * The code of a condition that an operator should know of:
 *
 * - `bloomsUntrue`: the chain's bloom filters exclude logs that its blocks hold, so they are not used any more.
 * - `logsPruned`: an endpoint keeps no logs so old.
 * - `endpointsDisagree`: two endpoints return different logs for the same block.
 * - `logsWithheld`: an endpoint leaves out logs that the chain has.
 * - `logsContradict`: the logs contradict the ledger's rules, so some of them are missing or wrong.
 * - `methodMissing`: an endpoint does not have a method that indexing needs.
 * - `notFollowable`: the chain cannot be followed, for example because its logs have no unique order.
 * - `deepReorg`: a block that was final is no longer on the chain.
 * - `noEndpoint`: no endpoint has answered for some time, so that nothing can be read.
 * - `wrongChain`: an endpoint serves another chain, or another one with the same id. It is not used.
 * - `stuck`: a block was seen, but has not been indexed for a long time.
 * - `storeFails`: the store does not take what was read.
 */
export type NoticeCode =
  | "noEndpoint"
  | "wrongChain"
  | "bloomsUntrue"
  | "logsPruned"
  | "endpointsDisagree"
  | "logsWithheld"
  | "logsContradict"
  | "methodMissing"
  | "notFollowable"
  | "deepReorg"
  | "stuck"
  | "storeFails";

/** A condition that lasts. */
export interface Notice {
  code: NoticeCode;
  /** Names of the endpoints that it is about. Empty: it is about the chain or the store. */
  endpoints: readonly string[];
  /** Says what is wrong and what to do, in one or two sentences. Contains no URL. */
  message: string;
  /** True if nothing can be indexed until it is mended. */
  stops: boolean;
  since: Date;
}

/** The conditions of one chain that last now. */
export class Notices {
  readonly #lasting = new Map<string, Notice>();

  /** The conditions that last, in the order in which they began. */
  get all(): readonly Notice[] {
    return [...this.#lasting.values()];
  }

  /** Records a condition. One that is known already keeps the time at which it began. Returns true if it is new. */
  raise({ since = new Date(), ...notice }: Omit<Notice, "since"> & { since?: Date }): boolean {
    const key = keyOf(notice.code, notice.endpoints);
    const known = this.#lasting.get(key);
    this.#lasting.set(key, { ...notice, since: known?.since ?? since });
    return known === undefined;
  }

  /** Ends a condition. Default: of all endpoints. */
  clear(code: NoticeCode, endpoints?: readonly string[]): void {
    for (const [key, notice] of this.#lasting) {
      if (notice.code === code && (!endpoints || key === keyOf(code, endpoints))) this.#lasting.delete(key);
    }
  }
}

const keyOf = (code: NoticeCode, endpoints: readonly string[]) => `${code} ${endpoints.toSorted().join()}`;
