import { z } from "zod";
import { BaseError } from "viem";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { UserError } from "#protocol/userError.ts";
import type { Transfer } from "../live/view.ts";
import { currencyRowOf } from "./find.ts";
import { address, LARGEST_PAGE, wholeNumber } from "./parameters.ts";
import { Problem } from "./problem.ts";
import { single } from "./question.ts";
import { accountId, Amount, count } from "./shapes.ts";

const Payment = z
  .object({
    from: accountId("Who sent it, by the currency's own word."),
    amount: Amount,
    blockNumber: z.string(),
    logIndex: count("Its place in the block."),
    transactionHash: z.string(),
  })
  .meta({ id: "InletPayment", description: "A transfer of a currency to an inlet." });

export const inletPayers = single({
  name: "inletPayers",
  subject: "Inlets",
  path: "/inlets/{inlet}/payers",
  summary: "Who paid into an inlet",
  description:
    "The fees of an inlet name the inlet as payer. Who sent the tokens there is read from the currency's own Transfer logs, from the chain's node at the time of asking: it is information, not state, and as true as the token is. About 500 from `from` on, always whole blocks; fewer, perhaps none, where a node gives only few blocks at a time: go on from `nextFrom`.",
  cost: 1_000,
  params: {
    inlet: address("The inlet: the payer of its fees."),
    currency: address("A currency."),
    from: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0).describe("Only transfers in this block or later."),
  },
  answer: z
    .object({
      payments: z.array(Payment).describe("In their order."),
      nextFrom: z.string().nullable().describe("The value of `from` for the rest; null if there is none."),
    })
    .meta({ id: "InletPayments", description: "Who paid into an inlet." }),
  run({ state, block }, params) {
    currencyRowOf(state, params.currency);
    return { ...params, toBlock: block.number, paidIn: state.currencies.get(params.currency) };
  },
  async complete(source, { inlet, currency, from, toBlock, paidIn }) {
    if (!source.transfersTo) throw notAsked();
    const { startBlock } = source.source;
    const fromBlock = BigInt(from) > startBlock ? BigInt(from) : startBlock;
    if (fromBlock > toBlock || !paidIn) return { payments: [], nextFrom: null };
    const asked = { currency, to: inlet, fromBlock, toBlock, enough: LARGEST_PAGE + 1 };
    const { transfers, readTo } = await source.transfersTo(asked).catch((error: unknown) => {
      if (error instanceof UserError) throw notAsked(); // no node was named at the start
      if (!(error instanceof EndpointError || error instanceof BaseError)) throw error;
      throw new Problem("node-away", "No node of the chain gave these transfers. Try again later.");
    });
    const { page, next = readTo < toBlock ? readTo + 1n : undefined } = firstBlocks(transfers);
    return {
      payments: page.map(({ amount, blockNumber, ...where }) => ({
        ...where,
        blockNumber: String(blockNumber),
        amount: { amount: String(amount), currency: paidIn },
      })),
      nextFrom: next === undefined ? null : String(next),
    };
  },
});

const notAsked = () => new Problem("node-not-asked", "This service has no node to ask about transfers.");

/** As many whole blocks of transfers as fit on a page, one at least, and the block that the next page begins with. */
function firstBlocks(transfers: readonly Transfer[]): { page: readonly Transfer[]; next: bigint | undefined } {
  const first = transfers[0]?.blockNumber;
  const next = transfers.find(({ blockNumber }, i) => i >= LARGEST_PAGE && blockNumber !== first)?.blockNumber;
  return { page: next === undefined ? transfers : transfers.filter((each) => each.blockNumber < next), next };
}
