import type { Address } from "viem";
import { z } from "zod";
import type { Currency } from "../../ledger/records.ts";
import type { View } from "../../live/view.ts";
import { address, idOf } from "../../query/parameters.ts";
import { nameOf, showAmount, showPosition } from "../../query/present.ts";
import { Problem } from "../../query/problem.ts";
import { list, single } from "../../query/question.ts";
import { rowsOf } from "../../query/rows.ts";
import { Amount, assetName, count, Position, releaseId } from "../../query/shapes.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import { peripheryFold } from "./fold.ts";
import { observe, Observed } from "./observe.ts";
import type { OpenedInlet } from "./state.ts";

const inletFields = {
  inlet: z.string().describe("The inlet's address."),
  release: releaseId("The release that the inlet pays, by its id."),
  assetName,
  opened: Position.describe("The event that opened the inlet."),
};

const InletSummary = z
  .object(inletFields)
  .meta({ id: "InletSummary", description: "An open inlet: an address whose money becomes fees of one release." });

const Inlet = z
  .object({
    ...inletFields,
    synced: z
      .array(
        z
          .object({ amount: Amount.describe("The sum of these fees."), fees: count("The number of these fees.") })
          .meta({ id: "InletSynced", description: "The fees that an inlet has paid in one currency." }),
      )
      .describe("The fees that the inlet has paid to its release, for each currency."),
    observed: Observed.nullable().describe(
      "The money that is in the inlet and is not a fee yet; null if this service has no node to ask.",
    ),
  })
  .meta({ id: "Inlet", description: "An inlet, with the fees that it has paid and the money that is in it." });

export const inlets = list({
  name: "inlets",
  subject: "Inlets",
  path: "/inlets",
  summary: "The open inlets, in the order in which they were opened",
  description:
    "An inlet has its address, and can receive money there, before it is opened. The contract's `inletOf` returns this address.",
  params: {},
  filters: { release: idOf("a release").optional().describe("Only inlets of the release with this id.") },
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
  summary: "One inlet: its release, the fees that it has paid, and the money that is in it",
  description:
    "The money that is in the inlet is observed: read from a node of the chain at the time of the request. It is no part of the index.",
  cost: 1_000,
  params: { inlet: address("The inlet's address. The inlet must be open.") },
  answer: Inlet,
  *run(view, params): Walk<InletAnswer> {
    const { inletRows, inlets: opened } = requireInlets(view);
    const row = opened.get(inletRows.get(params.inlet) ?? -1);
    if (!row) throw new Problem("unknown-inlet", `No inlet was opened at ${params.inlet}.`);
    const shown = { ...showInlet(view, row), synced: yield* syncedBy(view, row) };
    return { shown, currencies: [...view.state.currencies.values()] };
  },
  async complete({ request }, { shown, currencies }) {
    return { ...shown, observed: request ? await observe(request, shown.inlet as Address, currencies) : null };
  },
});

interface InletAnswer {
  shown: Omit<z.input<typeof Inlet>, "observed">;
  /** The currencies that were admitted at the block. */
  currencies: readonly Currency[];
}

function requireInlets(view: View) {
  const state = view.states.of(peripheryFold);
  if (state.hasInlets) return state;
  throw new Problem("book-absent", "The deployment file names no contract that opens inlets.");
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
