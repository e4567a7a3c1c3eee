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
  summary: "The settings that the contracts were deployed with, and how many assets, releases and fees they have",
  params: {},
  answer: z
    .object({
      registry: z.string().describe("The address of the asset registry."),
      ledger: z.string().describe("The address of the fee ledger."),
      admin: z.string().describe("The account that can admit currencies."),
      wrappedNative: z.string().describe("The token that native money is wrapped into."),
      identityRegistry: z
        .string()
        .describe("The ERC-8004 identity registry that agents can be bound to; the zero address if there is none."),
      commonsBeneficiary: z.string().describe("The account whose credit the commons' part is added to."),
      commonsPpm: ppm("The commons' part of all income."),
      assets: count("The number of assets."),
      releases: count("The number of releases."),
      contributions: count("The number of contributions."),
      fees: count("The number of fees."),
      claims: count("The number of claims."),
      accounts: count("The number of accounts."),
    })
    .meta({ id: "Ledger", description: "The registry and the ledger: their settings and their size." }),
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
