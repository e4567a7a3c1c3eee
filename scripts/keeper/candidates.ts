import { UserError } from "#protocol/userError.ts";
import type { GraphReader } from "#client/settlement/readGraph.ts";
import { readAnswer, connectApi } from "../participant/api.ts";
import type { Session } from "../participant/session.ts";
import type { PricedCurrency } from "./prices.ts";

export interface CandidateParameters {
  session: Session;
  reader: GraphReader;
  /** URL of the indexer's API. */
  api: string;
  /** Called with the reason if the indexer cannot be used. */
  onApiFailure: (reason: string) => void;
}

/**
 * Lists the releases with enough unsettled money: from the indexer, or from the contracts if the indexer does not answer.
 * These are candidates only: the amounts that are due are read from the contracts afterwards.
 *
 * @param isEnough Returns true for an amount that may be worth settling.
 */
export async function candidates(
  parameters: CandidateParameters,
  priced: PricedCurrency,
  isEnough: (amount: bigint) => boolean,
): Promise<number[]> {
  try {
    return await fromApi(parameters, priced, isEnough);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    parameters.onApiFailure(error.message);
    return fromChain(parameters, priced, isEnough);
  }
}

const PAGE = 500;

/** Reads pages of the indexer's list, which is sorted by unsettled amount, the largest first. */
async function fromApi(
  { session, api }: CandidateParameters,
  { currency }: PricedCurrency,
  isEnough: (amount: bigint) => boolean,
): Promise<number[]> {
  const client = await connectApi(session, { api });
  const releases: number[] = [];
  for (let after: string | undefined; ;) {
    const query = { limit: PAGE, ...(after !== undefined && { after }) };
    const path = { currency: currency.address.toLowerCase() };
    const { data, next } = await readAnswer(session, { api }, () =>
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
  { currency }: PricedCurrency,
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
