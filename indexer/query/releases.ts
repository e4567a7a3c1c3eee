import type { Address } from "viem";
import { z } from "zod";
import { effectiveWeights } from "../graph/lineage/effectiveWeights.ts";
import { type Lineage, lineage } from "../graph/lineage/lineage.ts";
import { projectBooks } from "../graph/settled/projectedBooks.ts";
import { portionDown } from "#protocol/split.ts";
import { STEPS_A_TURN, type Walk } from "../scheduling/walk.ts";
import type { LedgerState } from "../ledger/state.ts";
import { KINDS } from "#protocol/kinds.ts";
import { wordForm } from "#protocol/texts/nameForms.ts";
import type { View } from "../live/view.ts";
import { currencyRowOf, lastPlaceUpTo, releaseOf, wholeNumberOf } from "./find.ts";
import { address, flag, idOf, LARGEST_PAGE, searchText, wholeNumber } from "./parameters.ts";
import { nameOf, showAmount, showRelease, showReleaseSummary } from "./present.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { formsOf } from "../columns/textForms.ts";
import { Amount, assetId, assetName, count, Kind, ppm, Release, releaseId, ReleaseSummary } from "./shapes.ts";

const release = idOf("a release");

export const releases = list({
  name: "releases",
  subject: "Releases",
  path: "/releases",
  summary: "Releases, by release id",
  params: {},
  filters: {
    asset: idOf("an asset").optional().describe("Only releases of the asset with this id."),
    label: searchText
      .optional()
      .describe("Only releases whose label contains this text. Case and accents do not matter."),
    retired: flag.optional().describe("`true`: only retired releases. `false`: only releases that are not retired."),
    byGrant: flag
      .optional()
      .describe(
        "`true`: only releases that need a grant to build on. `false`: only releases that anyone can build on.",
      ),
  },
  item: ReleaseSummary,
  orders: ["id"],
  rows({ state }, { asset, label, retired, byGrant }, { descending }) {
    const all = state.releases;
    const labelOf = formsOf(all.label, wordForm);
    const text = label === undefined ? undefined : wordForm(label);
    return {
      length: all.size,
      has: (row) =>
        (asset === undefined || all.asset.get(row) === asset) &&
        (text === undefined || labelOf(row)?.includes(text) === true) &&
        (retired === undefined || all.isRetired(row + 1) === retired) &&
        (byGrant === undefined || all.get(row + 1)?.byGrant === byGrant),
      at: (row) => showReleaseSummary(state, releaseOf(state, row + 1)),
      cursorOf: (row) => String(row + 1),
      placeOf(cursor) {
        const id = wholeNumberOf(cursor);
        return id === undefined ? undefined : id - 1;
      },
      descending,
    };
  },
});

export const oneRelease = single({
  name: "release",
  subject: "Releases",
  path: "/releases/{release}",
  summary: "A release, with its contributions and what it received",
  params: { release },
  answer: Release,
  run: ({ state }, params) => showRelease(state, releaseOf(state, params.release)),
});

export const builtBy = list({
  name: "builtBy",
  subject: "Releases",
  path: "/releases/{release}/builtBy",
  summary: "The releases that were built directly on a release, by release id",
  links: [{ on: "Release", field: "builtBy", param: "release" }],
  params: { release },
  filters: {},
  item: ReleaseSummary,
  orders: ["id"],
  *rows({ state }, params, { descending }) {
    const { releases: all } = state;
    const ids: number[] = [];
    for (const edge of all.namingEdgesOf(releaseOf(state, params.release).id)) {
      ids.push(all.edgeFrom.get(edge));
      if (ids.length % STEPS_A_TURN === 0) yield;
    }
    ids.reverse();
    return {
      ...rowsOf(ids, String, (id) => showReleaseSummary(state, releaseOf(state, id)), { descending }),
      placeOf(cursor) {
        const id = wholeNumberOf(cursor);
        return id === undefined ? undefined : lastPlaceUpTo(ids.length, (place) => ids[place] ?? 0, id);
      },
    };
  },
});

const direction = z
  .enum(["up", "down"])
  .meta({ id: "Direction" })
  .default("up")
  .describe(
    "`up`: the releases that this one was built from. `down`: the releases that were built on this one. Default: `up`.",
  );
const depth = wholeNumber(1, 1_000_000)
  .default(1_000_000)
  .describe("The highest number of edges between a listed release and this one. Default: 1,000,000.");

const currency = address(
  "The currency, by its address, in which to show the amounts. Default: no amounts are shown.",
).optional();

const LineageNode = z
  .object({
    release: releaseId(),
    asset: assetId(),
    assetName,
    kind: Kind,
    depth: count("The number of edges on the shortest path between this release and the one that was asked about."),
    received: Amount.nullable().describe(
      "Projected, unlike `received` of a release: all that the release receives, as if every release were settled; null if no currency was given.",
    ),
  })
  .meta({ id: "LineageNode", description: "A release in a lineage." });
const LineageEdge = z
  .object({
    from: releaseId("The release that was built, by its id."),
    to: releaseId("The earlier release that it was built from, by its id."),
    weightPpm: ppm("The weight: the part of what `from` receives that it passes on to `to`."),
    passed: Amount.nullable().describe(
      "The amount that `from` passes on to `to`, as if every release were settled; null if no currency was given.",
    ),
  })
  .meta({ id: "LineageEdge", description: "A contribution in a lineage." });

interface Received {
  of: (release: number) => bigint;
  show: (amount: bigint) => z.input<typeof Amount>;
}

/** Returns the amount that arrives at a release once everything is settled. */
function* receivedIn(state: LedgerState, paidIn: Address | undefined): Walk<Received | undefined> {
  if (paidIn === undefined) return undefined;
  currencyRowOf(state, paidIn);
  const { received } = yield* projectBooks(state, paidIn);
  return {
    of: (id: number) => received.get(id - 1),
    show: (amount: bigint) => showAmount(state, amount, paidIn),
  };
}

function showNode(
  state: LedgerState,
  node: Lineage["nodes"][number],
  received: Received | undefined,
): z.input<typeof LineageNode> {
  const asset = state.releases.asset.get(node.release - 1);
  const row = state.assets.rowOf(asset) ?? -1;
  const kind = KINDS[state.assets.kind.get(row)] ?? "dataset";
  return {
    ...node,
    asset,
    assetName: nameOf(state, asset),
    kind,
    received: received ? received.show(received.of(node.release)) : null,
  };
}

const showEdge = (edge: Lineage["edges"][number], received: Received | undefined): z.input<typeof LineageEdge> => ({
  ...edge,
  passed: received ? received.show(portionDown(received.of(edge.from), edge.weightPpm)) : null,
});

export const lineageOf = single({
  name: "lineage",
  subject: "Lineage",
  path: "/releases/{release}/lineage",
  summary: "The lineage of a release: the releases that it was built from, or the releases that were built on it",
  description:
    "Returns the nearest releases and the contributions between them, breadth first, at most `most` releases. `/v1/releases/{release}/lineage/nodes` and `/v1/releases/{release}/lineage/edges` have all of them by page.",
  links: [{ on: "Release", field: "lineage", param: "release" }],
  cost: 50,
  params: {
    release,
    direction,
    depth,
    most: wholeNumber(1, LARGEST_PAGE)
      .default(LARGEST_PAGE)
      .describe(`The largest number of releases to return, 1 to ${LARGEST_PAGE}. Default: ${LARGEST_PAGE}.`),
    currency,
  },
  answer: z
    .object({
      nodes: z.array(LineageNode).describe("The releases: the one that was asked about first, then by depth and id."),
      edges: z.array(LineageEdge).describe("The contributions between these releases."),
      truncated: z
        .boolean()
        .describe("True if the lineage continues beyond the requested depth or number of releases."),
    })
    .meta({
      id: "Lineage",
      description:
        "The releases that a release was built from, or that were built on it, and the contributions between them.",
    }),
  *run({ state }, params) {
    const limits = { depth: params.depth, releases: params.most };
    const result = yield* lineage(state, releaseOf(state, params.release).id, params.direction, limits);
    const received = yield* receivedIn(state, params.currency);
    return {
      ...result,
      nodes: result.nodes.map((node) => showNode(state, node, received)),
      edges: result.edges.map((edge) => showEdge(edge, received)),
    };
  },
});

function* wholeLineage(
  { state }: View,
  params: { release: number; direction: "up" | "down"; depth: number },
): Walk<Lineage> {
  return yield* lineage(state, releaseOf(state, params.release).id, params.direction, { depth: params.depth });
}

export const lineageNodes = list({
  name: "lineageNodes",
  subject: "Lineage",
  path: "/releases/{release}/lineage/nodes",
  summary: "The releases of a lineage: the one that was asked about first, then by depth and id",
  links: [{ on: "Release", field: "lineageNodes", param: "release" }],
  cost: 50,
  params: { release, direction, depth },
  filters: { currency },
  item: LineageNode,
  *rows(view, params, { descending }) {
    const { nodes } = yield* wholeLineage(view, params);
    const received = yield* receivedIn(view.state, params.currency);
    return rowsOf(
      nodes,
      (node) => String(node.release),
      (node) => showNode(view.state, node, received),
      { descending },
    );
  },
});

export const lineageEdges = list({
  name: "lineageEdges",
  subject: "Lineage",
  path: "/releases/{release}/lineage/edges",
  summary: "The contributions of a lineage, those of the nearest releases first",
  links: [{ on: "Release", field: "lineageEdges", param: "release" }],
  cost: 50,
  params: { release, direction, depth },
  filters: { currency },
  item: LineageEdge,
  *rows(view, params, { descending }) {
    const { edges } = yield* wholeLineage(view, params);
    const received = yield* receivedIn(view.state, params.currency);
    return rowsOf(
      edges,
      ({ from, to }) => `${from}-${to}`,
      (edge) => showEdge(edge, received),
      { descending },
    );
  },
});

export const weights = list({
  name: "weights",
  subject: "Lineage",
  path: "/releases/{release}/weights",
  summary: "The effective weight of each ancestor of a release",
  description:
    "For a fee paid into this release: the part that reaches each ancestor, and the part that each ancestor keeps, in parts per million. Formula: reaches(p) = Σ, over all paths from the release to p, of the product of the weights along the path. keeps(p) = reaches(p) · own weight of p. These are the limits for a large fee: a real fee loses up to one base unit at each edge, and its trace shows the exact amounts. The release itself comes first, then the ancestors that keep the most.",
  links: [{ on: "Release", field: "weights", param: "release" }],
  cost: 50,
  params: { release },
  filters: {},
  item: z
    .object({
      release: releaseId(),
      asset: assetId(),
      assetName,
      reachesPpm: z
        .number()
        .describe(
          "The effective weight: the part of a fee that reaches this release over all paths together. In parts per million.",
        ),
      keepsPpm: z
        .number()
        .describe("The part of a fee that this release keeps for its own asset. In parts per million."),
      via: releaseId(
        "The release before this one on the strongest path, by its id; null for the paid release itself.",
      ).nullable(),
    })
    .meta({
      id: "EffectiveWeight",
      description: "The effective weight of a release: the part of a fee that reaches it from the paid release.",
    }),
  orders: ["keeps", "release"],
  descending: true,
  *rows({ state }, params, { by, descending }) {
    const {
      release: ids,
      reachesPpm,
      keepsPpm,
      via,
    } = yield* effectiveWeights(state, releaseOf(state, params.release).id);
    const last = ids.length - 1;
    // Ids ascend. The release that was asked about has the highest, so it is first in descending order.
    const from = (place: number) => last - place;
    return {
      length: ids.length,
      at(place) {
        const i = from(place);
        const id = ids[i] ?? 0;
        const asset = state.releases.asset.get(id - 1);
        return {
          release: id,
          asset,
          assetName: nameOf(state, asset),
          reachesPpm: reachesPpm[i] ?? 0,
          keepsPpm: keepsPpm[i] ?? 0,
          via: via[i] || null,
        };
      },
      cursorOf: (place) => String(ids[from(place)]),
      placeOf(cursor) {
        const index = ids.indexOf(wholeNumberOf(cursor) ?? 0);
        return index === -1 ? undefined : last - index;
      },
      descending,
      ...(by === "keeps" && { keyOf: (place: number) => (place === last ? Infinity : (keepsPpm[from(place)] ?? 0)) }),
    };
  },
});
