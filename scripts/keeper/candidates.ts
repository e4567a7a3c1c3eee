import { UserError } from "#protocol/userError.ts";
import type { GraphReader } from "#client/settlement/readGraph.ts";
import { answered, connectApi } from "../participant/api.ts";
import type { Session } from "../participant/session.ts";
import type { Priced } from "./prices.ts";

export interface CandidateParameters {
  session: Session;
  reader: GraphReader;
  /** The indexer's address. */
  api: string;
  /** Called with the reason when the indexer cannot be asked. */
  onApiAway: (reason: string) => void;
}

/**
 * Lists the releases in which enough is unsettled, by the indexer, or where that does not answer by the contracts
 * themselves. It is a list to look at: what is due is read again from the contracts.
 *
 * @param isEnough True for an amount that may be worth settling.
 */
export async function candidates(
  parameters: CandidateParameters,
  priced: Priced,
  isEnough: (amount: bigint) => boolean,
): Promise<number[]> {
  try {
    return await fromApi(parameters, priced, isEnough);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    parameters.onApiAway(error.message);
    return fromChain(parameters, priced, isEnough);
  }
}

const PAGE = 500;

/** The indexer lists releases by what is unsettled in them, the most first. */
async function fromApi(
  { session, api }: CandidateParameters,
  { currency }: Priced,
  isEnough: (amount: bigint) => boolean,
): Promise<number[]> {
  const client = await connectApi(session, { api });
  const releases: number[] = [];
  for (let after: string | undefined; ;) {
    const query = { limit: PAGE, ...(after !== undefined && { after }) };
    const path = { currency: currency.address.toLowerCase() };
    const { data, next } = await answered(api, () =>
      client.GET("/v1/economy/{currency}/trapped", { params: { path, query } }),
    );
    const enough = data.filter(({ unsettled }) => isEnough(BigInt(unsettled.amount)));
    releases.push(...enough.map(({ release }) => release));
    if (enough.length < data.length || next === null) return releases;
    after = next;
  }
}

async function fromChain(
  { session, reader }: CandidateParameters,
  { currency }: Priced,
  isEnough: (amount: bigint) => boolean,
): Promise<number[]> {
  const count = await session.chain.ledger.read.releaseCount();
  const all = Array.from({ length: count }, (_, i) => i + 1);
  const flows = await reader.flows(all, currency.address);
  return all.filter((release) => {
    const flow = flows.get(release);
    return flow !== undefined && isEnough(flow.received - flow.settled);
  });
}
