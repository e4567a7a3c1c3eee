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
    from: accountId("The sender, by its address, as the currency's Transfer log names it."),
    amount: Amount,
    blockNumber: z.string().describe("The number of the block, as a decimal string."),
    logIndex: count("The index of the log in the block."),
    transactionHash: z.string().describe("The hash of the transaction."),
  })
  .meta({ id: "InletPayment", description: "A transfer to an inlet." });

export const inletPayers = single({
  name: "inletPayers",
  subject: "Inlets",
  path: "/inlets/{inlet}/payers",
  summary: "The senders of transfers to an inlet",
  description:
    "The fees of an inlet name the inlet as payer. This question reads the senders from the currency's own Transfer logs: it asks a node of the chain at the time of the request. The answer is observed and no part of the index, and only as reliable as the token. An answer contains up to about 500 transfers, all from whole blocks. If `nextFrom` is not null, ask again with `from` = `nextFrom`, even if the answer was empty.",
  cost: 1_000,
  params: {
    inlet: address("The inlet's address."),
    currency: address("The currency's address."),
    from: wholeNumber(0, Number.MAX_SAFE_INTEGER)
      .default(0)
      .describe("Only transfers in the block with this number, or later. Default: 0."),
  },
  answer: z
    .object({
      payments: z.array(Payment).describe("Transfers to the inlet, in the order of the chain."),
      nextFrom: z
        .string()
        .nullable()
        .describe("The value of `from` for the next request; null if there are no more transfers."),
    })
    .meta({ id: "InletPayments", description: "Transfers to an inlet." }),
  run({ state, block }, params) {
    currencyRowOf(state, params.currency);
    return { ...params, toBlock: block.number, paidIn: state.currencies.get(params.currency) };
  },
  async complete(source, { inlet, currency, from, toBlock, paidIn }) {
    if (!source.transfersTo) throw noNode();
    const { startBlock } = source.source;
    const fromBlock = BigInt(from) > startBlock ? BigInt(from) : startBlock;
    if (fromBlock > toBlock || !paidIn) return { payments: [], nextFrom: null };
    const query = { currency, to: inlet, fromBlock, toBlock, enough: LARGEST_PAGE + 1 };
    const { transfers, readTo } = await source.transfersTo(query).catch((error: unknown) => {
      if (error instanceof UserError) throw noNode();
      if (!(error instanceof EndpointError || error instanceof BaseError)) throw error;
      throw new Problem(
        "node-away",
        "No node of the chain returned these transfers. Ask again later, or with a later `from`.",
      );
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

const noNode = () =>
  new Problem("node-not-asked", "This service was started without a node of the chain, so it cannot read transfers.");

/** Returns a page of whole blocks of transfers, at least one block, and the block with which the next page begins. */
function firstBlocks(transfers: readonly Transfer[]): { page: readonly Transfer[]; next: bigint | undefined } {
  const first = transfers[0]?.blockNumber;
  const next = transfers.find(({ blockNumber }, i) => i >= LARGEST_PAGE && blockNumber !== first)?.blockNumber;
  return { page: next === undefined ? transfers : transfers.filter((each) => each.blockNumber < next), next };
}
