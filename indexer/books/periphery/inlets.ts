import { type Address, encodeFunctionData, erc20Abi, isHex } from "viem";
import { z } from "zod";
import type { Currency } from "../../ledger/records.ts";
import type { Request, View } from "../../live/view.ts";
import { address, idOf } from "../../query/parameters.ts";
import { nameOf, showAmount, showPosition } from "../../query/present.ts";
import { Problem } from "../../query/problem.ts";
import { list, single } from "../../query/question.ts";
import { rowsOf } from "../../query/rows.ts";
import { Amount, assetName, count, Position, releaseId } from "../../query/shapes.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import { peripheryFold } from "./fold.ts";
import type { OpenedInlet } from "./state.ts";

const inletFields = {
  inlet: z.string().describe("The inlet's address."),
  release: releaseId("The release that it pays."),
  assetName,
  opened: Position,
};

const InletSummary = z
  .object(inletFields)
  .meta({ id: "InletSummary", description: "An inlet that was deployed: what is sent there becomes a release's fee." });

const Observed = z
  .object({
    at: z.iso.datetime().describe("When the chain's node was asked."),
    currencies: z.array(Amount).describe("In the admitted currencies, without those in which nothing lies there."),
    native: z.string().describe("Native money in wei, as a decimal string."),
  })
  .meta({
    id: "ObservedBalances",
    description: "Balances as a node of the chain told them when it was asked: no part of the index, and of no block.",
  });

const Inlet = z
  .object({
    ...inletFields,
    synced: z
      .array(z.object({ amount: Amount, fees: count("How many fees that was.") }).meta({ id: "InletSynced" }))
      .describe("What became fees of the release, by currency."),
    observed: Observed.nullable().describe("What lies there and is no fee yet; null where no node can be asked."),
  })
  .meta({ id: "Inlet", description: "An inlet, what it paid, and what lies there." });

export const inlets = list({
  name: "inlets",
  subject: "Inlets",
  path: "/inlets",
  summary: "The inlets that were opened",
  description: "An inlet has its address before it is opened, and can be paid there: ask the contract for `inletOf`.",
  params: {},
  filters: { release: idOf("a release").optional() },
  item: InletSummary,
  rows(view, { release }, { descending }) {
    const opened = requireInlets(view).inlets.values;
    const rows = rowsOf(
      opened,
      ({ inlet: of }) => of,
      (each) => showInlet(view, each),
      { descending },
    );
    return release === undefined ? rows : { ...rows, has: (place) => opened[place]?.release === release };
  },
});

export const inlet = single({
  name: "inlet",
  subject: "Inlets",
  path: "/inlets/{inlet}",
  summary: "An inlet: the release that it pays, what it paid, and what lies there",
  description:
    "What lies there is asked of a node of the chain at the time of asking, and is marked as observed: it is no part of the index.",
  cost: 1_000,
  params: { inlet: address("The inlet's address, once it was opened.") },
  answer: Inlet,
  *run(view, params): Walk<Found> {
    const { inletRows, inlets: opened } = requireInlets(view);
    const found = opened.get(inletRows.get(params.inlet) ?? -1);
    if (!found) throw new Problem("unknown-inlet", `No inlet was opened at ${params.inlet}.`);
    const shown = { ...showInlet(view, found), synced: yield* syncedBy(view, found) };
    return { shown, currencies: [...view.state.currencies.values()] };
  },
  async complete({ request }, { shown, currencies }) {
    return { ...shown, observed: request ? await observe(request, shown.inlet as Address, currencies) : null };
  },
});

interface Found {
  shown: Omit<z.input<typeof Inlet>, "observed">;
  /** Those that were admitted as of the block. */
  currencies: readonly Currency[];
}

function requireInlets(view: View) {
  const state = view.states.of(peripheryFold);
  if (state.hasInlets) return state;
  throw new Problem("book-absent", "The deployment's file names no contract that opens inlets.");
}

const showInlet = ({ state }: View, { inlet: of, release, opened }: OpenedInlet): z.input<typeof InletSummary> => ({
  inlet: of,
  release,
  assetName: nameOf(state, state.releases.asset.get(release - 1)),
  opened: showPosition(opened),
});

/** Adds up the fees that an inlet paid into its release, by currency. */
function* syncedBy({ state }: View, { inlet: of, release }: OpenedInlet): Walk<z.input<typeof Inlet>["synced"]> {
  const payer = state.accounts.rowOf(of);
  if (payer === undefined) return [];
  const { fees } = state;
  const sums = new Map<number, { amount: bigint; fees: number }>();
  for (let row = 0; row < fees.length; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    if (fees.payer.get(row) !== payer || fees.source.get(row) !== payer || fees.release.get(row) !== release) continue;
    const sum = sums.get(fees.currency.get(row)) ?? { amount: 0n, fees: 0 };
    sums.set(fees.currency.get(row), { amount: sum.amount + fees.amount.get(row), fees: sum.fees + 1 });
  }
  return [...sums].flatMap(([currencyRow, { amount, fees: times }]) => {
    const currency = state.currencies.at(currencyRow);
    return currency ? [{ amount: showAmount(state, amount, currency.address), fees: times }] : [];
  });
}

/** Reads a token's answer; undefined if it is no number. */
function readBalance(answer: unknown): bigint | undefined {
  return isHex(answer) && answer.length === 66 ? BigInt(answer) : undefined;
}

/** Asks a node for what lies at an address now. */
async function observe(
  request: Request,
  account: Address,
  currencies: readonly Currency[],
): Promise<z.input<typeof Observed>> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [account] });
  const [native, ...balances] = await Promise.all([
    request({ method: "eth_getBalance", params: [account, "latest"] }),
    ...currencies.map(({ address: to }) => request({ method: "eth_call", params: [{ to, data }, "latest"] })),
  ]);
  const amounts = balances.map(readBalance);
  return {
    at: new Date().toISOString(),
    currencies: currencies.flatMap((currency, i) => (amounts[i] ? [{ amount: String(amounts[i]), currency }] : [])),
    native: String(BigInt(String(native))),
  };
}
