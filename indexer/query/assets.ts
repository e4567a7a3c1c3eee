import { KINDS } from "#protocol/kinds.ts";
import { searchForm, wordForm } from "#protocol/texts/nameForms.ts";
import { assetOf, assetRowOf, lastPlaceUpTo, releaseOf, wholeNumberOf } from "./find.ts";
import { address, idOf, organizationName, searchText } from "./parameters.ts";
import { shareholderRows, showAsset, showAssetSummary, showReleaseSummary } from "./present.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { formsOf, searchIn } from "../columns/textForms.ts";
import { Allocation, Asset, AssetSummary, Kind, ReleaseSummary, Shareholder } from "./shapes.ts";

const asset = idOf("an asset");

export const assets = list({
  name: "assets",
  subject: "Assets",
  path: "/assets",
  summary: "Assets; they can be searched by name and organization",
  params: {},
  filters: {
    kind: Kind.optional().describe("Only assets of this kind."),
    search: searchText
      .optional()
      .describe(
        "Only assets whose name or organization contains this text. Case, accents, spaces and punctuation do not matter: `llama 3` finds `Llama-3`.",
      ),
    organization: organizationName
      .optional()
      .describe("Only assets of this organization. Case, accents, spaces and punctuation do not matter."),
    owner: address("Only assets of this owner, by its address.").optional(),
  },
  item: AssetSummary,
  orders: ["id", "name"],
  rows({ state: { assets: all } }, { kind, search, organization, owner }, { by, descending }) {
    const isFound = search === undefined ? undefined : searchIn([all.name, all.organization], search);
    const organizationOf = formsOf(all.organization, searchForm);
    const named = organization === undefined ? undefined : searchForm(organization);
    const nameFormOf = formsOf(all.name, wordForm);
    return {
      length: all.size,
      has: (row) =>
        (kind === undefined || KINDS[all.kind.get(row)] === kind) &&
        (owner === undefined || all.owner.get(row) === owner) &&
        (named === undefined || organizationOf(row) === named) &&
        (isFound?.(row) ?? true),
      at: (row) => showAssetSummary(all.at(row)),
      cursorOf: (row) => String(all.id.get(row)),
      placeOf(cursor) {
        const id = wholeNumberOf(cursor);
        return id === undefined ? undefined : lastPlaceUpTo(all.size, (row) => all.id.get(row), id);
      },
      descending,
      ...(by === "name" && { keyOf: (row: number) => nameFormOf(row) ?? "" }),
    };
  },
});

export const oneAsset = single({
  name: "asset",
  subject: "Assets",
  path: "/assets/{asset}",
  summary: "An asset, with its shareholders and its income",
  params: { asset },
  answer: Asset,
  run: ({ state }, params) => showAsset(state, assetOf(state, params.asset)),
});

export const assetReleases = list({
  name: "assetReleases",
  subject: "Assets",
  path: "/assets/{asset}/releases",
  summary: "The releases of an asset, by release id",
  links: [{ on: "Asset", field: "releases", param: "asset" }],
  params: { asset },
  filters: {},
  item: ReleaseSummary,
  orders: ["id"],
  rows({ state }, params, { descending }) {
    const ids = state.assets.releasesOf(assetRowOf(state, params.asset));
    return {
      ...rowsOf(ids, String, (id) => showReleaseSummary(state, releaseOf(state, id)), { descending }),
      placeOf(cursor) {
        const after = wholeNumberOf(cursor);
        return after === undefined ? undefined : lastPlaceUpTo(ids.length, (place) => ids[place] ?? 0, after);
      },
    };
  },
});

export const shareholders = list({
  name: "shareholders",
  subject: "Assets",
  path: "/assets/{asset}/shareholders",
  summary: "The accounts that hold shares of an asset",
  links: [{ on: "Asset", field: "shareholders", param: "asset" }],
  params: { asset },
  filters: {},
  item: Shareholder,
  orders: ["shares", "acquired"],
  descending: true,
  rows({ state }, params, order) {
    assetRowOf(state, params.asset);
    return shareholderRows(state, params.asset, order);
  },
});

export const allocations = list({
  name: "allocations",
  subject: "Assets",
  path: "/assets/{asset}/allocations",
  summary: "The accounts that got shares when an asset was registered, with their roles",
  links: [{ on: "Asset", field: "allocations", param: "asset" }],
  params: { asset },
  filters: {},
  item: Allocation,
  rows({ state }, params, { descending }) {
    assetRowOf(state, params.asset);
    const all = state.assets.allocationsOf(params.asset).map((allocation, place) => ({ allocation, place }));
    return rowsOf(
      all,
      ({ place }) => String(place + 1),
      ({ allocation }) => ({ ...allocation, shares: String(allocation.shares) }),
      { descending },
    );
  },
});
