import type { Address } from "viem";
import { z } from "zod";
import type { Currency } from "../../ledger/records.ts";
import type { View } from "../../live/view.ts";
import { address } from "../../query/parameters.ts";
import { showPosition } from "../../query/present.ts";
import { Problem } from "../../query/problem.ts";
import { list, single } from "../../query/question.ts";
import { rowsOf } from "../../query/rows.ts";
import { accountId, Position } from "../../query/shapes.ts";
import { peripheryFold } from "./fold.ts";
import { observe, Observed } from "./observe.ts";
import type { OpenedOutlet } from "./state.ts";

const outletFields = {
  outlet: accountId("The outlet, by its address. As an account, it has the shares, earnings and credit."),
  account: accountId("The account that everything in the outlet is passed on to, by its address."),
  opened: Position.describe("The event that opened the outlet."),
};

const OutletSummary = z.object(outletFields).meta({
  id: "OutletSummary",
  description: "An open outlet: an address that holds shares for an account and passes on to it what they earn.",
});

const Outlet = z
  .object({
    ...outletFields,
    observed: Observed.nullable().describe(
      "The money that lies at the outlet's address and is not passed on yet; null if this service has no node to ask. Earnings and credit in the ledger are in the outlet's statement.",
    ),
  })
  .meta({ id: "Outlet", description: "An outlet, with the money that lies at its address." });

export const outlets = list({
  name: "outlets",
  subject: "Outlets",
  path: "/outlets",
  summary: "The open outlets, in the order in which they were opened",
  description:
    "An outlet has its address, and can hold shares there, before it is opened. The contract's `outletOf` returns this address. An outlet is never a known payer: a fee that names one as payer is what somebody else stated.",
  params: {},
  filters: { account: address("Only the outlet of the account with this address.").optional() },
  item: OutletSummary,
  rows(view, { account }, { descending }) {
    const opened = requireOutlets(view).outlets.values;
    const rows = rowsOf(opened, ({ outlet: of }) => of, showOutlet, { descending });
    return account === undefined ? rows : { ...rows, has: (place) => opened[place]?.account === account };
  },
});

export const outlet = single({
  name: "outlet",
  subject: "Outlets",
  path: "/outlets/{outlet}",
  summary: "One outlet: its account, and the money that lies at its address",
  description:
    "The money that lies at the address is observed: read from a node of the chain at the time of the request. It is no part of the index. What the outlet's shares have earned and its credit are in `/v1/accounts/{address}/statement`, with the outlet's address.",
  cost: 1_000,
  params: { outlet: address("The outlet's address. The outlet must be open.") },
  answer: Outlet,
  run(view, params): OutletAnswer {
    const { outletRows, outlets: opened } = requireOutlets(view);
    const row = opened.get(outletRows.get(params.outlet) ?? -1);
    if (!row) throw new Problem("unknown-outlet", `No outlet was opened at ${params.outlet}.`);
    return { shown: showOutlet(row), currencies: [...view.state.currencies.values()] };
  },
  async complete({ request }, { shown, currencies }) {
    return { ...shown, observed: request ? await observe(request, shown.outlet as Address, currencies) : null };
  },
});

interface OutletAnswer {
  shown: z.input<typeof OutletSummary>;
  /** The currencies that were admitted at the block. */
  currencies: readonly Currency[];
}

function requireOutlets(view: View) {
  const state = view.states.of(peripheryFold);
  if (state.hasOutlets) return state;
  throw new Problem("book-absent", "The deployment file names no contract that opens outlets.");
}

const showOutlet = ({ outlet: of, account, opened }: OpenedOutlet): z.input<typeof OutletSummary> => ({
  outlet: of,
  account,
  opened: showPosition(opened),
});
