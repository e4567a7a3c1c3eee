import { z } from "zod";
import { zeroAddress } from "viem";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { count, Currency, ppm } from "./shapes.ts";

export const currencies = list({
  name: "currencies",
  subject: "Ledger",
  path: "/currencies",
  summary: "The admitted currencies, in the order of admission",
  params: {},
  filters: {},
  item: Currency,
  rows: ({ state }, _params, { descending }) =>
    rowsOf(
      [...state.currencies.values()],
      ({ address }) => address,
      (currency) => currency,
      { descending },
    ),
});

export const ledger = single({
  name: "ledger",
  subject: "Ledger",
  path: "/ledger",
  summary: "What the contracts were created with, and how much they hold",
  params: {},
  answer: z
    .object({
      registry: z.string(),
      ledger: z.string(),
      admin: z.string().describe("Who admits currencies."),
      wrappedNative: z.string(),
      identityRegistry: z
        .string()
        .describe("The ERC-8004 registry that agents can be bound to; zero if there is none."),
      commonsBeneficiary: z.string(),
      commonsPpm: ppm("Of all income: the commons' part."),
      assets: count("Assets."),
      releases: count("Releases."),
      contributions: count("Contributions."),
      fees: count("Fees."),
      claims: count("Claims."),
      accounts: count("Accounts."),
    })
    .meta({ id: "Ledger", description: "The two contracts." }),
  run({ state }) {
    const created = (name: "registry" | "admin" | "wrappedNative" | "identityRegistry" | "commonsBeneficiary") =>
      String(state.creation.get(name) ?? zeroAddress);
    return {
      registry: created("registry"),
      ledger: state.ledger,
      admin: created("admin"),
      wrappedNative: created("wrappedNative"),
      identityRegistry: created("identityRegistry"),
      commonsBeneficiary: created("commonsBeneficiary"),
      commonsPpm: state.commonsPpm,
      assets: state.assets.size,
      releases: state.releases.size,
      contributions: state.releases.edgeCount,
      fees: state.fees.length,
      claims: state.claims.length,
      accounts: state.accounts.length,
    };
  },
});
