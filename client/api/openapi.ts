// Made by `npm run client` from the OpenAPI document. Do not edit.

export interface paths {
  "/health/live": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Liveness check: whether the process answers */
    get: operations["live"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/health/ready": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Readiness check: whether every chain is indexed up to a few blocks behind its head */
    get: operations["ready"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Health check of one chain: whether the indexer keeps up with it */
    get: operations["health"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/currencies": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The admitted currencies, in the order of admission */
    get: operations["currencies"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/ledger": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The settings that the contracts were deployed with, and how many assets, releases and fees they have */
    get: operations["ledger"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/assets/{asset}/allocations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The accounts that got shares when an asset was registered, with their roles */
    get: operations["allocations"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/assets/{asset}/releases": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The releases of an asset, by release id */
    get: operations["assetReleases"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/assets": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Assets; they can be searched by name and organization */
    get: operations["assets"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/assets/{asset}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An asset, with its shareholders and its income */
    get: operations["asset"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/assets/{asset}/shareholders": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The accounts that hold shares of an asset */
    get: operations["shareholders"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/releases/{release}/builtBy": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The releases that were built directly on a release, by release id */
    get: operations["builtBy"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/releases/{release}/lineage/edges": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The contributions of a lineage, those of the nearest releases first */
    get: operations["lineageEdges"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/releases/{release}/lineage/nodes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The releases of a lineage: the one that was asked about first, then by depth and id */
    get: operations["lineageNodes"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/releases/{release}/lineage": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The lineage of a release: the releases that it was built from, or the releases that were built on it
     * @description Returns the nearest releases and the contributions between them, breadth first, at most `most` releases. `/v1/releases/{release}/lineage/nodes` and `/v1/releases/{release}/lineage/edges` have all of them by page.
     */
    get: operations["lineage"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/releases/{release}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A release, with its contributions and what it received */
    get: operations["release"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/releases": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Releases, by release id */
    get: operations["releases"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/releases/{release}/weights": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The effective weight of each ancestor of a release
     * @description For a fee paid into this release: the part that reaches each ancestor, and the part that each ancestor keeps, in parts per million. Formula: reaches(p) = Σ, over all paths from the release to p, of the product of the weights along the path. keeps(p) = reaches(p) · own weight of p. These are the limits for a large fee: a real fee loses up to one base unit at each edge, and its trace shows the exact amounts. The release itself comes first, then the ancestors that keep the most.
     */
    get: operations["weights"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/claims": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Claims, the newest first */
    get: operations["claims"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/fees": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Fees, the newest first */
    get: operations["fees"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/fees/{fee}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One fee */
    get: operations["fee"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/fees/{fee}/trace": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The trace of a fee: where its money goes, hop by hop, to the base unit
     * @description Formula: what everyone is due from all fees up to this one, less what everyone is due from the fees before it, as if every release were settled. The traces of all fees add up exactly to the ledger's totals. The answer contains the first 50 hops and the first 50 assets. `/v1/fees/{fee}/trace/hops` and `/v1/fees/{fee}/trace/assets` have all of them by page.
     */
    get: operations["trace"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/fees/{fee}/trace/assets": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The assets that keep a part of a fee, the largest part first */
    get: operations["traceAssets"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/fees/{fee}/trace/hops": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The hops of a fee's trace, from the paid release to the oldest ancestor */
    get: operations["traceHops"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/allocations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The shares that an account got when assets were registered, with its role in each */
    get: operations["accountAllocations"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All accounts that ever held shares or credit, paid or were the source of a fee, or claimed, in the order in which they first appeared */
    get: operations["accounts"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/holdings": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The assets that an account holds shares of, by asset id */
    get: operations["holdings"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An account and its credit */
    get: operations["account"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/statement/lines": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The lines of an account's statement: one for each currency and each asset that it ever held shares of */
    get: operations["statementLines"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/statement": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The statement of an account: what it holds, has earned and can claim
     * @description The answer contains the first 50 lines. `/v1/accounts/{address}/statement/lines` has all lines by page, also as CSV.
     */
    get: operations["statement"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/plan": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The claim plan of an account: the transactions that pay it what it is owed
     * @description First settle the releases, in the given order. Then claim for the assets. Anyone can give an account shares and publish releases, so the claim plan leaves out what is not worth its gas, and lists it in `leftOut`. With `gasPriceWei` and a price, that is what costs more than it brings; without, what brings less than 1 % of the plan's average for its gas. The gas of a release is weighed together with that of the releases that pay it: its price of carriage is k = its gas / what goes through it + its payers' k, each by the part that came from it; releases with k of 1 or more are left out. What the account's outlet has earned is planned apart, in `outlet`, as a second plan with the outlet as holder: one pass through one outlet, never an outlet's outlet. For the address of an open outlet, which can call nothing, `plans` is empty and `outlet` is its own. The answer lists the first 50 releases and the first 50 assets. `/v1/accounts/{address}/plan/{currency}/settle`, `…/claim` and `…/left-out` have all of them by page, with `outlet=true` those of the plan through the outlet.
     */
    get: operations["plan"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/plan/{currency}/claim": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The assets that an account should claim for, by asset id */
    get: operations["planClaim"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/plan/{currency}/left-out": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The assets and releases that the claim plan of an account leaves out, the largest amount first */
    get: operations["planLeftOut"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/plan/{currency}/settle": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The releases to settle for an account, in the order in which to settle them */
    get: operations["planSettle"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/earned": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The earnings of an account over a period, to the base unit
     * @description The period lasts from the end of the block `sinceBlock` to the end of the block `block` (default: the newest block). Formula: claimed + claimable at the end, less claimed + claimable at the beginning. So this is the income that was settled in the period while the account held the shares. `/v1/accounts/{address}/earnings` shows from whom the account earns, and along which path.
     */
    get: operations["earned"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/accounts/{address}/earnings": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The fees that an account earns from: who paid, along which path the money comes, and why
     * @description The fees that bring something to an asset of which the account holds shares, in the order of payment. Formula: due = ⌊D(I + k) · s / 1e8⌋ − ⌊D(I) · s / 1e8⌋, with D(x) = ⌊x · (1e6 − c) / 1e6⌋. I is the asset's income from all earlier fees and k what the asset keeps of this fee, both as if every release were settled. c is the commons' part in ppm. s is the number of shares that the account holds at the answer's block. Where shares have moved, the figure is therefore an approximation.
     */
    get: operations["earnings"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/fees/{fee}/progress/assets": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The parts of a fee that are settled, claimable and claimed so far, by asset
     * @description Units of money cannot be told apart, so this is first in, first out: what was paid first counts as settled first and claimed first. Formula: settled = clamp(I − from, 0, kept). I is the asset's settled income. `from` is its income from all earlier fees, as if every release were settled. Shareholders: settled = D(from + settled) − D(from) and claimed = clamp(C − D(from), 0, settled), with D(x) = ⌊x · (1e6 − c) / 1e6⌋ and C all that they have claimed; claimable is the rest of their settled part.
     */
    get: operations["feeProgressAssets"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/fees/{fee}/progress/hops": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The part of a fee that each release has settled so far
     * @description Units of money cannot be told apart, so this is first in, first out: what was paid first counts as settled first and claimed first. Formula: settled = clamp(S − from, 0, received). S is all that the release has settled. `from` is what it receives from all earlier fees, as if every release were settled.
     */
    get: operations["feeProgressHops"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/leaderboards/accounts": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Accounts by what they earn, the highest first
     * @description Without the commons' part. For all fees together the figure is exact: claimed + claimable after settling. For the fees of a period it is an approximation from the number of shares s that the account holds now: income = Σ ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋, with D(x) = ⌊x · (1e6 − c) / 1e6⌋. I(n) is an asset's income from the first n fees, as if every release were settled. The list ends after the first 10000. The cursor is the rank.
     */
    get: operations["accountLeaderboard"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/leaderboards/assets": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Assets by income, the highest first
     * @description Formula: income = I(end) − I(first) and settled = clamp(J − I(first), 0, income). I(n) is the asset's income from the first n fees, as if every release were settled. J is its settled income. `first` and `end` are the places in the order of payment where the period begins and ends. The list ends after the first 10000. The cursor is the rank.
     */
    get: operations["assetLeaderboard"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/releases/{release}/counterfactual/{currency}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The incomes that assets would have without a release
     * @description Supposes that the release X had not existed, and that each release which names X had kept X's weight for itself. This is exact accounting, to the base unit, and no prediction: without X, people might have built or paid something else. Formula, with R what a release receives as if every release were settled: X receives and keeps nothing, and the fees into X are not paid. A release that names X with weight w keeps ⌊R · (own weight + w)⌋. An ancestor of X receives R′ = direct + Σ ⌊R′ · w⌋ over the releases that name it, without X. All others stay the same. Lists the assets whose income would change, the largest change first.
     */
    get: operations["counterfactual"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The health of the economy: concentration, liquidity, trapped value, contributions that moved money
     * @description Concentration: participation density = exp(−Σ p · ln p), HHI = Σ p², Nakamoto coefficient = the smallest number of earners with more than half. p is the part of all income that one earner has, as if every release were settled.
     *
     *     Coordination liquidity = Σ clamp(C(tᵢ + T) − P(i), 0, P(i + 1) − P(i)) / Σ (P(i + 1) − P(i)), over the fees i that were paid at least T ago. P(i) is the shareholders' part of the first i fees and C(t) all that was claimed until the time t; what was paid first counts as claimed first.
     *
     *     Trapped value: paid = claimed + swept + unsettled + unclaimed + unswept + fractions, to the base unit.
     *
     *     Moved edges: the contributions (r, p, w) with ⌊S(r) · w⌋ > 0, divided by all contributions. S(r) is what the release r has settled.
     */
    get: operations["economyHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/leaderboards/organizations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Organizations by the income of their assets, the highest first
     * @description Formula: income = I(end) − I(first) and settled = clamp(J − I(first), 0, income). I(n) is the asset's income from the first n fees, as if every release were settled. J is its settled income. `first` and `end` are the places in the order of payment where the period begins and ends. The list ends after the first 10000. The cursor is the rank.
     */
    get: operations["organizationLeaderboard"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/leaderboards/payers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Accounts by the fees that they paid, the highest sum first
     * @description Formula: the sum of the fees that name the account as payer. A caller that pays with tokens of somebody else can name any account as payer. The list ends after the first 10000. The cursor is the rank.
     */
    get: operations["payerLeaderboard"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/leaderboards/releases": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Releases by what they receive, the highest first
     * @description Formula: received = R(end) − R(first). R(n) is all that the first n fees bring the release, as if every release were settled. The list ends after the first 10000. The cursor is the rank.
     */
    get: operations["releaseLeaderboard"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/assets/{asset}/income/{currency}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An asset's income over time
     * @description Each bucket shows what the fees that were paid in it bring the asset, as if every release were settled: the sum of their traces. The time of payment counts, not the time of settling. Empty buckets are left out.
     */
    get: operations["assetIncomeTimeline"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/trapped": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Releases by unsettled money (one part of the trapped value), the highest first
     * @description Formula: received − settled. The list ends after the first 10000. The cursor is the rank.
     */
    get: operations["trappedReleases"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/flows/fees": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The flow of a period's fees from payers to earners
     * @description Four columns: payers, the releases that they paid, the assets that keep a part, and the accounts that hold shares of these assets. Each column names the members through which the most money flows. `fees` and `kept` are exact: the sums of the traces of these fees. `earned` is an approximation from the number of shares s that each account holds now: ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋, with D(x) = ⌊x · (1e6 − c) / 1e6⌋. I(n) is an asset's income from the first n fees, as if every release were settled. paid = Σ fees = Σ kept + pending. Σ kept = Σ earned + Σ commons + fractions.
     */
    get: operations["feeFlows"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/economy/{currency}/flows": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The flow of money between organizations
     * @description Pairs of the organization A whose releases were paid and the organization B whose assets earn from that. Formula: flow(A → B) = Σ over the period's fees into releases of A, Σ over the assets b of B, of what b keeps of the fee, commons included, as if every release were settled. paid = Σ flows + rest + pending.
     */
    get: operations["organizationFlows"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/inlets/{inlet}/payers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The senders of transfers to an inlet
     * @description The fees of an inlet name the inlet as payer. This question reads the senders from the currency's own Transfer logs: it asks a node of the chain at the time of the request. The answer is observed and no part of the index, and only as reliable as the token. An answer contains up to about 500 transfers, all from whole blocks. If `nextFrom` is not null, ask again with `from` = `nextFrom`, even if the answer was empty.
     */
    get: operations["inletPayers"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/inlets": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The open inlets, in the order in which they were opened
     * @description An inlet has its address, and can receive money there, before it is opened. The contract's `inletOf` returns this address.
     */
    get: operations["inlets"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/inlets/{inlet}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One inlet: its release, the fees that it has paid, and the money that is in it
     * @description The money that is in the inlet is observed: read from a node of the chain at the time of the request. It is no part of the index.
     */
    get: operations["inlet"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/outlets": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The open outlets, in the order in which they were opened
     * @description An outlet has its address, and can hold shares there, before it is opened. The contract's `outletOf` returns this address. An outlet is never a known payer: a fee that names one as payer is what somebody else stated.
     */
    get: operations["outlets"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/outlets/{outlet}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One outlet: its account, and the money that lies at its address
     * @description The money that lies at the address is observed: read from a node of the chain at the time of the request. It is no part of the index. What the outlet's shares have earned and its credit are in `/v1/accounts/{address}/statement`, with the outlet's address.
     */
    get: operations["outlet"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/governance": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The timelock that administers the ledger: its roles and its scheduled calls
     * @description The ledger's admin can admit currencies and nothing else. If the deployment file names a timelock as admin, this answer shows the calls that are scheduled in it and when they can be executed.
     */
    get: operations["governance"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/governance/calls": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The calls that were scheduled in the timelock, the newest first */
    get: operations["governanceCalls"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/governance/operations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The operations that were scheduled in the timelock, the newest first, each with its calls */
    get: operations["governanceOperations"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/governance/operations/{operation}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One operation of the timelock, as it was scheduled last, and who scheduled it
     * @description The timelock's events do not say who scheduled an operation. So this question asks a node of the chain for the transaction, at the time of the request or earlier. What it says about that is observed, and no part of the index.
     */
    get: operations["governanceOperation"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Live events of the chain, as server-sent events
     * @description `fee`, `settlement` and `claim` are events in a block. `block` follows them: the block is indexed, and all blocks before it. `reorg`: the chain has replaced blocks, and the state is now the state of an earlier block: `block`. `from` is the block that was the newest before. The id of an event is `<block number>-<block hash>`. A client that reconnects with this id as `Last-Event-ID` first gets the events that it has missed. `missed` means that the indexer no longer has all of these events: read all data again. A client that reads too slowly is disconnected.
     */
    get: operations["events"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/graphql": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Answers a GraphQL query that is in the URL
     * @description The same questions as a graph. A field that refers to an object returns the object itself, and lists are Relay connections. Introspection returns the schema. A query may be at most 15 fields deep, have at most 2,000 fields and cost at most 50,000. A plain field costs 1, a field that takes long up to 5,000, `block` 2,000 more; page sizes multiply.
     */
    get: operations["graphqlByGet"];
    put?: never;
    /**
     * Answers a GraphQL query
     * @description The same questions as a graph. A field that refers to an object returns the object itself, and lists are Relay connections. Introspection returns the schema. A query may be at most 15 fields deep, have at most 2,000 fields and cost at most 50,000. A plain field costs 1, a field that takes long up to 5,000, `block` 2,000 more; page sizes multiply.
     */
    post: operations["graphql"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @enum {string} */
    Kind: "dataset" | "model" | "agent";
    /** @enum {string} */
    Role:
      | "data"
      | "labelling"
      | "curation"
      | "evaluation"
      | "training"
      | "infrastructure"
      | "routing"
      | "retrieval"
      | "feedback"
      | "compute"
      | "other";
    /** @description A currency: an ERC-20 token that was admitted to the ledger. */
    Currency: {
      /** @description The token's address. */
      address: string;
      /** @description The token's symbol when it was admitted. Symbols are not unique. */
      symbol: string;
      /** @description A whole unit of the currency is 10^decimals base units. */
      decimals: number;
    };
    /** @description An amount of money in one currency. */
    Amount: {
      /** @description The amount in base units of the currency, as a decimal string. */
      amount: string;
      currency: components["schemas"]["Currency"];
    };
    /** @description The block that an answer holds for. */
    Block: {
      /** @description The number of the block, as a decimal string. */
      number: string;
      /** @description The hash of the block. */
      hash: string;
      /** @description The time of the block, in seconds since 1970. */
      timestamp: number;
      /** @description True if a reorg can no longer remove the block. Then the answer is final, too. */
      final: boolean;
    };
    /** @description The newest final block: a reorg can no longer remove it. */
    FinalBlock: {
      /** @description The number of the block, as a decimal string. */
      number: string;
      /** @description The hash of the block; null if the indexer did not store this block. */
      hash: string | null;
    };
    /** @description The place and time of an event on the chain. */
    Position: {
      /** @description The number of the block, as a decimal string. */
      blockNumber: string;
      /** @description The index of the event's log in the block. */
      logIndex: number;
      /** @description The time of the block, in seconds since 1970. */
      timestamp: number;
      /** @description The hash of the transaction. */
      transactionHash: string;
    };
    /** @description The organization behind assets, as their owners declare it. */
    Organization: {
      /** @description The organization in the metadata; null if it has none. Declared: anyone can write any name. */
      organization: string | null;
      asset: number | null;
    };
    /** @description An asset (a dataset, a model or an agent), in short. */
    AssetSummary: {
      /** @description The asset's id: the id of its first release. */
      id: number;
      /** @description The name in the metadata, as the owner declares it. Names are not unique. */
      name: string | null;
      /** @description The organization in the metadata, as the owner declares it. */
      organization: string | null;
      kind: components["schemas"]["Kind"];
      /** @description The owner, by its address. The owner administers the asset. */
      owner: string;
      /** @description The newest 50 releases, by ascending id. */
      releases: number[];
    };
    /** @description An account that holds shares of an asset. */
    Shareholder: {
      /** @description An account, by its address. */
      account: string;
      /** @description Shares, as a decimal string. The asset has 100,000,000. */
      shares: string;
    };
    /** @description An account that got shares when the asset was registered, and its role. */
    Allocation: {
      /** @description An account, by its address. */
      account: string;
      role: components["schemas"]["Role"];
      /** @description Shares, as a decimal string. The asset has 100,000,000. */
      shares: string;
    };
    /** @description The income of an asset in one currency: all that its releases ever kept for it. */
    AssetIncome: {
      /** @description The income that is settled. */
      settled: components["schemas"]["Amount"];
      /** @description The income as if every release were settled. It includes `settled`. */
      afterSettling: components["schemas"]["Amount"];
    };
    /** @description An asset: a dataset, a model or an agent. The owner of its ERC-721 token administers it. */
    Asset: {
      /** @description The asset's id: the id of its first release. */
      id: number;
      /** @description The name in the metadata, as the owner declares it. Names are not unique. */
      name: string | null;
      /** @description The organization in the metadata, as the owner declares it. */
      organization: string | null;
      kind: components["schemas"]["Kind"];
      /** @description The owner, by its address. The owner administers the asset. */
      owner: string;
      /** @description The newest 50 releases, by ascending id. `/v1/assets/{asset}/releases` has all by page. */
      releases: number[];
      /** @description The keep: the smallest own weight that any release of the asset can have. In parts per million. */
      keepPpm: number;
      /** @description The account that registered the asset, by its address. */
      registrant: string;
      /** @description The metadata as text, exactly as the event has it. Declared: anyone can write anything here. */
      metadata: string;
      /** @description The SHA-256 digest of the metadata's bytes. */
      metadataDigest: string;
      registered: components["schemas"]["Position"];
      /** @description The first 50 allocations of shares at the registration. `/v1/assets/{asset}/allocations` has all by page. */
      allocations: components["schemas"]["Allocation"][];
      /** @description The 50 accounts with the most shares. `/v1/assets/{asset}/shareholders` has all by page. */
      shareholders: components["schemas"]["Shareholder"][];
      /** @description The income in each currency. */
      income: components["schemas"]["AssetIncome"][];
    };
    /** @description A contribution: an edge from a release to an earlier release that it was built from. */
    Contribution: {
      /** @description The earlier release, by its id. */
      release: number;
      /** @description The weight: the part of what the newer release receives that it passes on to this one. In parts per million. */
      weightPpm: number;
    };
    /** @description A release (one immutable version of an asset), in short. */
    ReleaseSummary: {
      /** @description The release's id. Ids run from 1 without gaps, in the order of publishing. */
      id: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The version label, as the publisher declares it. */
      label: string;
      /** @description The digest of the content, as the publisher declares it; zero if none was given. */
      digest: string;
      /** @description The place of the content, as the publisher declares it. */
      uri: string;
      /** @description The own weight: the part of what the release receives that it keeps for its own asset. In parts per million. */
      ownWeightPpm: number;
      /** @description The floor: the part of every fee into a descendant, at any depth, that must reach this release. In parts per million. */
      floorPpm: number;
      /** @description True if building on the release needs a grant; false if anyone can build on it. */
      byGrant: boolean;
      /** @description True if the release is retired: no new release may be built on it. */
      retired: boolean;
      /** @description The releases that it was built from, at most 64. */
      contributions: components["schemas"]["Contribution"][];
      published: components["schemas"]["Position"];
    };
    /** @description The money that has gone through a release, in one currency. */
    ReleaseFlow: {
      /** @description All that the release ever received, in fees and from later releases. */
      received: components["schemas"]["Amount"];
      /** @description The part of `received` that is settled: divided among its contributions and its asset. */
      settled: components["schemas"]["Amount"];
      /** @description The part of `received` that was paid into the release itself. */
      direct: components["schemas"]["Amount"];
    };
    /** @description A release: one immutable version of an asset, and a node of the graph. */
    Release: {
      /** @description The release's id. Ids run from 1 without gaps, in the order of publishing. */
      id: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The version label, as the publisher declares it. */
      label: string;
      /** @description The digest of the content, as the publisher declares it; zero if none was given. */
      digest: string;
      /** @description The place of the content, as the publisher declares it. */
      uri: string;
      /** @description The own weight: the part of what the release receives that it keeps for its own asset. In parts per million. */
      ownWeightPpm: number;
      /** @description The floor: the part of every fee into a descendant, at any depth, that must reach this release. In parts per million. */
      floorPpm: number;
      /** @description True if building on the release needs a grant; false if anyone can build on it. */
      byGrant: boolean;
      /** @description True if the release is retired: no new release may be built on it. */
      retired: boolean;
      /** @description The releases that it was built from, at most 64. */
      contributions: components["schemas"]["Contribution"][];
      published: components["schemas"]["Position"];
      /** @description The newest 50 releases that were built directly on this one, by ascending id. `/v1/releases/{release}/builtBy` has all by page. */
      builtBy: number[];
      /** @description The money that has gone through the release, in each currency. */
      flows: components["schemas"]["ReleaseFlow"][];
    };
    /** @description Money paid into a release. */
    Fee: {
      /** @description The fee's id: `<block number>-<log index>`. */
      id: string;
      /** @description The release that the fee was paid into, by its id. */
      release: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The payer, by its address. See `source` for how certain it is. */
      payer: string;
      amount: components["schemas"]["Amount"];
      /** @description The 32-byte reference that ties the fee to a request off chain, in hexadecimal. */
      reference: string;
      /** @description The account whose tokens were taken; the ledger's own address if the fee was paid from credit. The payer is certain if the source is the payer or the ledger. Otherwise the payer is only what the source stated. */
      source: string;
      /** @description True if the fee was paid from the payer's credit. */
      fromCredit: boolean;
      paid: components["schemas"]["Position"];
    };
    /** @description A claim: money that an account was paid for its shares. */
    Claim: {
      /** @description The claim's id: `<block number>-<log index>`. */
      id: string;
      /** @description An account, by its address. */
      account: string;
      amount: components["schemas"]["Amount"];
      /** @description True if the amount was added to the account's credit; false if it was paid to a wallet. */
      toCredit: boolean;
      claimed: components["schemas"]["Position"];
    };
    /** @description Earnings of an account with one asset, in one currency. */
    StatementLine: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description Shares, as a decimal string. The account's shares now, of the asset's 100,000,000. */
      shares: string;
      /** @description Earned: claimed plus claimable now. */
      earned: components["schemas"]["Amount"];
      /** @description Claimed so far, to a wallet or to credit. */
      claimed: components["schemas"]["Amount"];
      /** @description Earned and not claimed yet: what a claim would pay now. */
      claimableNow: components["schemas"]["Amount"];
      /** @description The amount that a claim would pay if every release were settled first. It includes `claimableNow`. */
      claimableAfterSettling: components["schemas"]["Amount"];
    };
    /** @description An account: an address that holds shares or credit, pays fees or earns. */
    Account: {
      address: string;
      /** @description True if the indexed events name the account: as a holder of shares or credit, as a payer or source of fees, or in a claim. */
      known: boolean;
      /** @description The money that the account holds in credit inside the ledger: one amount for each currency. */
      credits: components["schemas"]["Amount"][];
      /** @description The number of assets that the account holds shares of or once held shares of. */
      assetsEverHeld: number;
      inletOf: number | null;
      outletFor: string | null;
      outlet: string | null;
    };
    /** @description An account in the list of all accounts. */
    AccountListed: {
      /** @description An account, by its address. */
      account: string;
    };
    /** @description The shares that an account holds of one asset. */
    Holding: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description Shares, as a decimal string. The asset has 100,000,000. */
      shares: string;
    };
    /** @description The shares that an account got when an asset was registered, and its role. */
    AccountAllocation: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      role: components["schemas"]["Role"];
      /** @description Shares, as a decimal string. The asset has 100,000,000. */
      shares: string;
    };
    /** @description The holdings of an account, its earnings, and the amounts that it can claim. */
    Statement: {
      /** @description An account, by its address. */
      account: string;
      /** @description The number of lines in the whole statement. */
      lineCount: number;
      /** @description One line for each currency and each asset that the account ever held shares of. */
      lines: components["schemas"]["StatementLine"][];
      /** @description The money that the account holds in credit: one amount for each currency. */
      credits: components["schemas"]["Amount"][];
    };
    /** @description A role of the account, and the shares that it got for it. */
    OwnAllocation: {
      role: components["schemas"]["Role"];
      /** @description Shares, as a decimal string. The asset has 100,000,000. */
      shares: string;
    };
    /** @description The earnings of an account with one asset in one currency over the period. */
    EarnedLine: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The amount earned in the period: added to claimed or claimable. */
      earned: components["schemas"]["Amount"];
      /** @description The amount that claims paid out in the period. */
      claimed: components["schemas"]["Amount"];
      /** @description Shares, as a decimal string. The account's shares at the beginning, of the asset's 100,000,000. */
      sharesBefore: string;
      /** @description Shares, as a decimal string. The account's shares at the end, of the asset's 100,000,000. */
      sharesAfter: string;
      /** @description The shares that the account got when the asset was registered, with its roles; empty if it got none. */
      allocations: components["schemas"]["OwnAllocation"][];
    };
    /** @description The earnings of an account over a period. */
    Earned: {
      /** @description An account, by its address. */
      account: string;
      /** @description The number of the block at whose end the period begins. */
      sinceBlock: string;
      /** @description One line for each asset and currency in which the account earned or claimed something in the period. */
      lines: components["schemas"]["EarnedLine"][];
    };
    /** @description The part of a fee that one asset keeps, and the account's part of that. */
    EarnedPart: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The part of the fee that the asset keeps, commons included. */
      kept: components["schemas"]["Amount"];
      /** @description The part of `kept` that belongs to all shareholders together. */
      shareholders: components["schemas"]["Amount"];
      /** @description Shares, as a decimal string. The account's shares, of the asset's 100,000,000. */
      shares: string;
      /** @description The part of `shareholders` that belongs to the account. */
      due: components["schemas"]["Amount"];
      /** @description The strongest path from the paid release to that release of the asset which keeps most of the fee. */
      via: number[];
    };
    /** @description A fee that an account earns from. */
    Earning: {
      fee: components["schemas"]["Fee"];
      /** @description One entry for each asset, by asset id. */
      parts: components["schemas"]["EarnedPart"][];
    };
    /** @description The part of a fee that one release has settled so far. */
    HopProgress: {
      /** @description A release, by its id. */
      release: number;
      /** @description The part of the fee that reaches the release. */
      received: components["schemas"]["Amount"];
      /** @description The part of `received` that the release has settled so far. */
      settled: components["schemas"]["Amount"];
    };
    /** @description The parts of a fee that are settled, claimable and claimed at one asset. */
    AssetProgress: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The part of the fee that the asset keeps once every release is settled, commons included. */
      kept: components["schemas"]["Amount"];
      /** @description The part of `kept` that is settled: income of the asset. */
      settled: components["schemas"]["Amount"];
      /** @description The commons' part of `kept`. */
      commonsDue: components["schemas"]["Amount"];
      /** @description The part of `commonsDue` that is settled. */
      commonsSettled: components["schemas"]["Amount"];
      /** @description The part of `commonsSettled` that was swept: added to the beneficiary's credit. */
      commonsSwept: components["schemas"]["Amount"];
      /** @description The shareholders' part of `kept`. */
      shareholdersDue: components["schemas"]["Amount"];
      /** @description The part of `shareholdersDue` that is settled. */
      shareholdersSettled: components["schemas"]["Amount"];
      /** @description The part of `shareholdersSettled` that shareholders have claimed. */
      shareholdersClaimed: components["schemas"]["Amount"];
      /** @description The part of `shareholdersSettled` that is not claimed yet. */
      shareholdersClaimable: components["schemas"]["Amount"];
    };
    /** @description An asset and its rank by income. */
    AssetRanked: {
      /** @description The rank, from 1. */
      rank: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The income from the fees of the period, as if every release were settled. */
      income: components["schemas"]["Amount"];
      /** @description The settled part of `income`. What was paid first counts as settled first. */
      settled: components["schemas"]["Amount"];
    };
    /** @description An organization and its rank by income. */
    OrganizationRanked: {
      /** @description The rank, from 1. */
      rank: number;
      organization: components["schemas"]["Organization"];
      /** @description The income from the fees of the period, as if every release were settled. */
      income: components["schemas"]["Amount"];
      /** @description The settled part of `income`. What was paid first counts as settled first. */
      settled: components["schemas"]["Amount"];
    };
    /** @description An account and its rank by what it earns. */
    AccountRanked: {
      /** @description The rank, from 1. */
      rank: number;
      /** @description An account, by its address. */
      account: string;
      /** @description The amount that the account earns from the fees of the period, without the commons' part, as if every release were settled. */
      income: components["schemas"]["Amount"];
      /** @description The settled part of `income`. What was paid first counts as settled first. */
      settled: components["schemas"]["Amount"];
    };
    /** @description An account and its rank by the fees that it paid. */
    PayerRanked: {
      /** @description The rank, from 1. */
      rank: number;
      /** @description An account, by its address. */
      account: string;
      /** @description The sum of these fees. */
      paid: components["schemas"]["Amount"];
      /** @description The number of these fees. */
      fees: number;
    };
    /** @description A release and its rank by what it receives. */
    ReleaseRanked: {
      /** @description The rank, from 1. */
      rank: number;
      /** @description A release, by its id. */
      release: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description Received from the fees of the period: paid in, and passed on by later releases. */
      received: components["schemas"]["Amount"];
      /** @description The part of `received` that was paid into the release itself. */
      direct: components["schemas"]["Amount"];
    };
    /** @description The distribution of income over earners. One person may have many accounts and use any name. */
    Concentration: {
      /** @description The number of earners with any income. */
      earners: number;
      /** @description Participation density: as many equal earners would be just as diverse. Formula: exp(−Σ p · ln p), with p the part of all income that one earner has. */
      density: number;
      /** @description Herfindahl–Hirschman index: Σ p², from 0 to 1. It is 1 if one earner has all income. */
      hhi: number;
      /** @description Nakamoto coefficient: the smallest number of earners that together have more than half of all income. */
      nakamoto: number;
    };
    /** @description Coordination liquidity. Of the shareholders' part of the fees that were paid at least T ago: the part that was claimed within T of payment. */
    Liquidity: {
      /** @description T, in seconds. */
      within: number;
      /** @description The shareholders' part of the fees that were paid at least T ago. */
      paid: components["schemas"]["Amount"];
      /** @description The part of `paid` that was claimed within T. */
      claimed: components["schemas"]["Amount"];
      share: number | null;
    };
    /** @description The sum of all fees, by where it is now. */
    TrappedValue: {
      /** @description The sum of all fees. */
      paid: components["schemas"]["Amount"];
      /** @description Claimed by shareholders, to a wallet or to credit. */
      claimed: components["schemas"]["Amount"];
      /** @description Swept: the commons' part that was added to its beneficiary's credit. */
      swept: components["schemas"]["Amount"];
      /** @description Received by releases and not settled yet. */
      unsettled: components["schemas"]["Amount"];
      /** @description Claimable by shareholders and not claimed yet. */
      unclaimed: components["schemas"]["Amount"];
      /** @description The commons' part of settled income that is not swept yet. */
      unswept: components["schemas"]["Amount"];
      /** @description Settled by releases but passed to nobody yet: fractions of less than one base unit for each contribution. */
      fractionsOfReleases: components["schemas"]["Amount"];
      /** @description Fractions of a base unit of income that belong to neither the commons nor the shareholders yet. */
      fractionsOfAssets: components["schemas"]["Amount"];
      /** @description Fractions of a base unit of the shareholders' income that no single holder can claim yet. */
      fractionsOfHoldings: components["schemas"]["Amount"];
      /** @description Money in credit that was not withdrawn, whatever its origin. It is not part of the sum. */
      credit: components["schemas"]["Amount"];
    };
    /** @description Contributions that have passed on at least one base unit, of all contributions. */
    MovedEdges: {
      /** @description The number of all contributions. */
      edges: number;
      /** @description The number of contributions that have passed on at least one base unit, in this currency. */
      moved: number;
      share: number | null;
    };
    /** @description The health of the economy, in one currency. */
    EconomyHealth: {
      /** @description The concentration of income over accounts. */
      accounts: components["schemas"]["Concentration"];
      /** @description The concentration of income over organizations. */
      organizations: components["schemas"]["Concentration"];
      liquidity: components["schemas"]["Liquidity"];
      trapped: components["schemas"]["TrappedValue"];
      movedEdges: components["schemas"]["MovedEdges"];
    };
    /** @description A release and the money that waits in it to be settled. */
    TrappedRelease: {
      /** @description The rank, from 1. */
      rank: number;
      /** @description A release, by its id. */
      release: number;
      /** @description Received and not settled yet. */
      unsettled: components["schemas"]["Amount"];
    };
    /** @description An asset's income with the release and without it. */
    IncomeChange: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The income from the fees of the period, as if every release were settled. */
      income: components["schemas"]["Amount"];
      /** @description The income that the asset would have had without the release. */
      without: components["schemas"]["Amount"];
      /** @description without − income. Can be negative. */
      difference: components["schemas"]["Amount"];
    };
    /** @description An asset's income from the fees of one bucket of time. */
    IncomeBucket: {
      /** @description The time at which the bucket begins, in seconds since 1970. */
      from: number;
      /** @description The asset's income from the fees of the bucket, commons included. */
      income: components["schemas"]["Amount"];
      /** @description The shareholders' part of `income`. */
      shareholders: components["schemas"]["Amount"];
    };
    /** @description The amount that a release passes on to one of its contributions. */
    TracePassed: {
      /** @description The release that the amount goes to, by its id. */
      to: number;
      amount: components["schemas"]["Amount"];
    };
    /** @description One hop of a trace: the part of a fee that reaches one release, and what the release does with it. */
    TraceHop: {
      /** @description A release, by its id. */
      release: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The part of the fee that reaches the release. */
      received: components["schemas"]["Amount"];
      /** @description The part that the release keeps for its own asset: the commons' part plus the shareholders' part. */
      kept: components["schemas"]["Amount"];
      /** @description The amounts that the release passes on to its contributions, without zeros. */
      passed: components["schemas"]["TracePassed"][];
    };
    /** @description The part of a fee that an asset keeps once every release is settled. */
    TracedAsset: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The part of the fee that the asset keeps. */
      kept: components["schemas"]["Amount"];
      /** @description The commons' part of `kept`. */
      commons: components["schemas"]["Amount"];
      /** @description The shareholders' part of `kept`. */
      shareholders: components["schemas"]["Amount"];
    };
    /** @description The path of one fee to everyone it reaches. */
    Trace: {
      fee: components["schemas"]["Fee"];
      /** @description The number of releases that the fee reaches. */
      hopCount: number;
      /** @description The releases that the fee reaches, from the paid release to the oldest ancestor. */
      hops: components["schemas"]["TraceHop"][];
      /** @description The number of assets that keep a part of the fee. */
      assetCount: number;
      /** @description The assets that keep a part of the fee, the largest part first. */
      assets: components["schemas"]["TracedAsset"][];
      /** @description The part of the fee that nobody gets yet: what it adds to fractions of a base unit, which later fees complete. Can be negative. */
      pending: components["schemas"]["Amount"];
    };
    /** @description The money that flows from one organization to another. */
    OrganizationFlow: {
      /** @description The organization whose release was paid. */
      from: components["schemas"]["Organization"];
      /** @description The organization whose assets earn from it. */
      to: components["schemas"]["Organization"];
      amount: components["schemas"]["Amount"];
    };
    /** @description The flow of money between organizations. */
    OrganizationFlows: {
      /** @description The pairs with the largest amounts, the largest first. */
      flows: components["schemas"]["OrganizationFlow"][];
      /** @description The number of pairs that are not in `flows`. */
      restPairs: number;
      /** @description The sum of the pairs that are not in `flows`. */
      rest: components["schemas"]["Amount"];
      /** @description The part of the fees that nobody gets yet: what they add to fractions of a base unit. Can be negative. */
      pending: components["schemas"]["Amount"];
      /** @description The sum of the period's fees. */
      paid: components["schemas"]["Amount"];
    };
    /** @description The fees from one payer into one release. */
    PayerToRelease: {
      payer: string | null;
      release: number | null;
      /** @description The name of the release's asset. */
      releaseName: string | null;
      amount: components["schemas"]["Amount"];
    };
    /** @description The part of the fees into one release that one asset keeps, commons included. */
    ReleaseToAsset: {
      release: number | null;
      /** @description The name of the release's asset. */
      releaseName: string | null;
      asset: number | null;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      amount: components["schemas"]["Amount"];
    };
    /** @description The part of an asset's income that one account earns. */
    AssetToAccount: {
      asset: number | null;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      account: string | null;
      amount: components["schemas"]["Amount"];
    };
    /** @description The commons' part of an asset's income. */
    AssetToCommons: {
      asset: number | null;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      amount: components["schemas"]["Amount"];
    };
    /** @description The flow of a period's fees from payers to earners. */
    FeeFlows: {
      /** @description One entry for each payer and release, the largest first. */
      fees: components["schemas"]["PayerToRelease"][];
      /** @description One entry for each paid release and asset, the largest first. */
      kept: components["schemas"]["ReleaseToAsset"][];
      /** @description One entry for each asset and account, the largest first. */
      earned: components["schemas"]["AssetToAccount"][];
      /** @description One entry for each asset, the largest first. */
      commons: components["schemas"]["AssetToCommons"][];
      /** @description The part that assets keep and that belongs to neither the commons nor a single holder yet: fractions of a base unit. Can be negative. */
      fractions: components["schemas"]["Amount"];
      /** @description The part of the fees that nobody gets yet: what they add to fractions of a base unit. Can be negative. */
      pending: components["schemas"]["Amount"];
      /** @description The sum of the period's fees. */
      paid: components["schemas"]["Amount"];
    };
    /** @description A transfer to an inlet. */
    InletPayment: {
      /** @description The sender, by its address, as the currency's Transfer log names it. */
      from: string;
      amount: components["schemas"]["Amount"];
      /** @description The number of the block, as a decimal string. */
      blockNumber: string;
      /** @description The index of the log in the block. */
      logIndex: number;
      /** @description The hash of the transaction. */
      transactionHash: string;
    };
    /** @description Transfers to an inlet. */
    InletPayments: {
      /** @description Transfers to the inlet, in the order of the chain. */
      payments: components["schemas"]["InletPayment"][];
      /** @description The value of `from` for the next request; null if there are no more transfers. */
      nextFrom: string | null;
    };
    /** @description The registry and the ledger: their settings and their size. */
    Ledger: {
      /** @description The address of the asset registry. */
      registry: string;
      /** @description The address of the fee ledger. */
      ledger: string;
      /** @description The account that can admit currencies. */
      admin: string;
      /** @description The token that native money is wrapped into. */
      wrappedNative: string;
      /** @description The ERC-8004 identity registry that agents can be bound to; the zero address if there is none. */
      identityRegistry: string;
      /** @description The account whose credit the commons' part is added to. */
      commonsBeneficiary: string;
      /** @description The commons' part of all income. In parts per million. */
      commonsPpm: number;
      /** @description The number of assets. */
      assets: number;
      /** @description The number of releases. */
      releases: number;
      /** @description The number of contributions. */
      contributions: number;
      /** @description The number of fees. */
      fees: number;
      /** @description The number of claims. */
      claims: number;
      /** @description The number of accounts. */
      accounts: number;
    };
    /** @description An asset or a release that a claim plan leaves out, with the reason. */
    LeftOut: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The release that is not settled, by its id; null if the whole asset is left out. */
      release: number | null;
      /** @description The amount that it would bring the account: for an asset, all that could be claimed after settling; for a release, what the money that waits in it would bring through the assets of the plan. */
      amount: components["schemas"]["Amount"];
      /** @description The gas that it would add to the plan by itself. */
      gas: number;
      /**
       * @description `gas`: it brings less than its gas, for a release with the gas of all releases that its money passes. `average`: no price is given, and it brings less than 1 % of what the plan brings for its gas on average. `transaction`: it is worth its own gas, but not a transaction.
       * @enum {string}
       */
      reason: "gas" | "average" | "transaction";
      /** @description True if the account got its shares unasked, as far as events tell: somebody else registered the asset or sent the shares, and the account never transferred or claimed for them itself. A proxy: contributors who have not collected yet look the same. Treat names and links of gifts with suspicion. */
      gift: boolean;
    };
    /** @description One transaction of a claim plan. */
    PlanCall: {
      /** @description The address to send the transaction to: the ledger; for `pass`, the contract that opens outlets. */
      to: string;
      /**
       * @description The function that the transaction calls.
       * @enum {string}
       */
      functionName: "settle" | "multicall" | "withdraw" | "pass";
      /** @description The calldata, in hexadecimal. */
      data: string;
      /** @description The estimated gas of the transaction, reckoned from the index and not simulated. */
      gas: number;
    };
    /** @description The steps of a claim plan in one currency. */
    CurrencyPlan: {
      /** @description The number of releases to settle. */
      settleCount: number;
      /** @description The releases to settle, in this order. */
      settle: number[];
      /** @description The number of assets to claim for. */
      claimCount: number;
      /** @description The assets to claim for once the releases are settled. */
      claim: number[];
      /** @description The amount that the calls pay to the account: the claims, and `fromCredit`. */
      pays: components["schemas"]["Amount"];
      /** @description The part of `pays` that is withdrawn from the account's credit. */
      fromCredit: components["schemas"]["Amount"];
      /** @description All that the account has in credit now. */
      inCredit: components["schemas"]["Amount"];
      /** @description The part of `inCredit` that was claimed to it and neither withdrawn nor made prepaid. Anyone can claim for an account to its credit, and the event does not name the caller. A withdrawal takes this part first, a payment the rest first. A payment that needs this part, too, shows that the account spends it: what is left then counts as prepaid. */
      claimedCredit: components["schemas"]["Amount"];
      /** @description The estimated gas of all calls, reckoned from the index and not simulated. */
      gas: number;
      /** @description The number of assets among those to claim for whose shares the account got unasked. */
      giftCount: number;
      /** @description The first 50 of these assets. */
      gifts: number[];
      /** @description The number of assets and releases that are left out. */
      leftOutCount: number;
      /** @description The first 50 of them, the largest amount first. */
      leftOut: components["schemas"]["LeftOut"][];
      /** @description The claim plan as transactions, in the order in which to send them. First come the `settle` transactions, if any; anyone can send them. Then come those that claim; the account itself sends them. Each is a `multicall` of `settle`, `claimToCredit` and `withdraw` to the account: it withdraws exactly what was due, even if somebody else has just claimed that to the account's credit. It is `withdraw` alone if there is nothing to claim. In a plan through an outlet, anyone can send all of them: `settle`, then `pass` of the contract that opens outlets, which opens the outlet if needed. `pass` withdraws all credit of the outlet, and also takes what lies at its address, which is no part of `pays`. Estimate of the gas: 21,000 + calldata + storage slots that the transaction touches first + logs + measured cost of the instructions. It assumes a plain ERC-20 and an account that holds none of it. The cost of a transaction is its gas times the gas price, on a rollup plus its L1 data fee and operator fee. */
      calls: components["schemas"]["PlanCall"][];
    };
    /** @description Money that reaches an account through its outlet, and the transactions for it. */
    OutletPlan: {
      /** @description The outlet, by its address. It can hold shares before it is open. */
      outlet: string;
      /** @description The account that the outlet passes everything on to, by its address. */
      account: string;
      /** @description True if the outlet is deployed. Otherwise the first `pass` deploys it. */
      open: boolean;
      /** @description One claim plan for each currency in which the outlet is owed something, by the same rules. */
      plans: components["schemas"]["CurrencyPlan"][];
    };
    /** @description The claim plan of an account: the transactions that pay it what it is owed. */
    Plan: {
      /** @description An account, by its address. */
      account: string;
      /** @description One claim plan for each currency in which the account is owed something. It has no calls if nothing is worth its gas. */
      plans: components["schemas"]["CurrencyPlan"][];
      /** @description The plan through the account's outlet; null if the deployment has no outlets, or refuses one for this account. */
      outlet: components["schemas"]["OutletPlan"] | null;
    };
    /** @description A release that the claim plan settles. */
    ToSettle: {
      /** @description A release, by its id. */
      release: number;
    };
    /** @description An asset that the claim plan claims for. */
    ToClaim: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The amount that the claim pays. */
      amount: components["schemas"]["Amount"];
      /** @description True if the account got its shares unasked, as far as events tell: somebody else registered the asset or sent the shares, and the account never transferred or claimed for them itself. A proxy: contributors who have not collected yet look the same. Treat names and links of gifts with suspicion. */
      gift: boolean;
    };
    /** @enum {string} */
    Direction: "up" | "down";
    /** @description A release in a lineage. */
    LineageNode: {
      /** @description A release, by its id. */
      release: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      kind: components["schemas"]["Kind"];
      /** @description The number of edges on the shortest path between this release and the one that was asked about. */
      depth: number;
      /** @description Projected, unlike `received` of a release: all that the release receives, as if every release were settled; null if no currency was given. */
      received: components["schemas"]["Amount"] | null;
    };
    /** @description A contribution in a lineage. */
    LineageEdge: {
      /** @description The release that was built, by its id. */
      from: number;
      /** @description The earlier release that it was built from, by its id. */
      to: number;
      /** @description The weight: the part of what `from` receives that it passes on to `to`. In parts per million. */
      weightPpm: number;
      /** @description The amount that `from` passes on to `to`, as if every release were settled; null if no currency was given. */
      passed: components["schemas"]["Amount"] | null;
    };
    /** @description The releases that a release was built from, or that were built on it, and the contributions between them. */
    Lineage: {
      /** @description The releases: the one that was asked about first, then by depth and id. */
      nodes: components["schemas"]["LineageNode"][];
      /** @description The contributions between these releases. */
      edges: components["schemas"]["LineageEdge"][];
      /** @description True if the lineage continues beyond the requested depth or number of releases. */
      truncated: boolean;
    };
    /** @description The effective weight of a release: the part of a fee that reaches it from the paid release. */
    EffectiveWeight: {
      /** @description A release, by its id. */
      release: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The effective weight: the part of a fee that reaches this release over all paths together. In parts per million. */
      reachesPpm: number;
      /** @description The part of a fee that this release keeps for its own asset. In parts per million. */
      keepsPpm: number;
      via: number | null;
    };
    /** @description An argument of a call. */
    CallArgument: {
      /** @description The name of the parameter. */
      name: string;
      /** @description The Solidity type of the parameter, such as `uint256`. */
      type: string;
      /** @description The value: a number in decimal digits, an address or bytes in hexadecimal, other types as JSON. */
      value: string;
    };
    /** @description A call of a contract of the deployment, decoded with the contract's ABI. */
    DecodedCall: {
      /** @description The name of the contract in the deployment file: ledger, registry or timelock. */
      contract: string;
      /** @description The function that is called, with the types of its parameters, such as `admit(address)`. */
      signature: string;
      /** @description The arguments, in the order of the parameters. */
      arguments: components["schemas"]["CallArgument"][];
    };
    /** @description A call that was scheduled in the timelock. */
    GovernanceCall: {
      /** @description The id of the call, from the event that scheduled it: `<block number>-<log index>`. */
      id: string;
      /** @description The operation's id in the timelock. Calls of one operation are executed together. */
      operation: string;
      /** @description The index of the call in its operation, from 0, as a decimal string. */
      index: string;
      /** @description The address that is called. */
      target: string;
      /** @description The native money that is sent with the call, in wei, as a decimal string. */
      value: string;
      /** @description The calldata, in hexadecimal. */
      data: string;
      /** @description The decoded call; null if it is not a call of a contract of the deployment. */
      decoded: components["schemas"]["DecodedCall"] | null;
      /** @description The call in words, one line for each call. Lines about calls within a call follow it, each indented by two spaces more. What cannot be decoded "may do anything the timelock may". */
      says: string[];
      /** @description The id of the operation that must be executed first; null if there is none. */
      predecessor: string | null;
      /** @description The delay between scheduling and execution, in seconds, as a decimal string. */
      delay: string;
      /** @description The time from which the call can be executed, in seconds since 1970, as a decimal string. */
      readyAt: string;
      /**
       * @description The state at the answer's block. `waiting`: the delay is not over. `ready`: the delay is over; the predecessor may still have to be executed.
       * @enum {string}
       */
      state: "waiting" | "ready" | "executed" | "cancelled";
      /** @description The event that scheduled the call. */
      scheduled: components["schemas"]["Position"];
      /** @description The event that executed the call; null if it was not executed. */
      executed: components["schemas"]["Position"] | null;
      /** @description The event that cancelled the call; null if it was not cancelled. */
      cancelled: components["schemas"]["Position"] | null;
    };
    /** @description The timelock that administers the ledger. */
    Governance: {
      /** @description The address of the timelock. */
      timelock: string;
      /** @description The least time between scheduling a call and executing it, in seconds, as a decimal string; null before it was set. */
      minDelay: string | null;
      /** @description The accounts that can schedule calls. */
      proposers: string[];
      /** @description The accounts that can cancel scheduled calls. */
      cancellers: string[];
      /** @description The accounts that can execute ready calls. */
      executors: string[];
      /** @description True if any account can execute ready calls. */
      anyoneExecutes: boolean;
      /** @description The accounts that can grant and revoke these roles. It should be only the timelock itself, so that each change is a scheduled call. */
      roleAdmins: string[];
      /** @description The newest 50 calls. `/v1/governance/calls` has all by page. */
      calls: components["schemas"]["GovernanceCall"][];
      /** @description The number of calls in the state `waiting`. */
      waiting: number;
      /** @description The number of calls in the state `ready`. Some may have to wait for their predecessor. */
      ready: number;
    };
    /** @description An operation of the timelock: calls that are executed together. */
    GovernanceOperation: {
      /** @description The id of the schedule, from its first event: `<block number>-<log index>`. */
      id: string;
      /** @description The operation's id in the timelock. An operation that was cancelled and scheduled again has the same. */
      operation: string;
      /** @description The salt; zero if there is none. To execute the operation, its salt must be given. */
      salt: string;
      /** @description The id of the operation that must be executed first; null if there is none. */
      predecessor: string | null;
      /** @description True if the predecessor is not executed, so that this operation cannot be, either. */
      blocked: boolean;
      /** @description The delay between scheduling and execution, in seconds, as a decimal string. */
      delay: string;
      /** @description The time from which the operation can be executed, in seconds since 1970, as a decimal string. There is no time after which it cannot. */
      readyAt: string;
      /**
       * @description The state at the answer's block. `waiting`: the delay is not over. `ready`: it is over.
       * @enum {string}
       */
      state: "waiting" | "ready" | "executed" | "cancelled";
      /** @description The calls, which are executed together, in this order. */
      calls: components["schemas"]["GovernanceCall"][];
      /** @description The event that scheduled the first call. */
      scheduled: components["schemas"]["Position"];
      /** @description The event that executed the first call; null if it was not executed. */
      executed: components["schemas"]["Position"] | null;
      /** @description The event that cancelled it; null if it was not cancelled. */
      cancelled: components["schemas"]["Position"] | null;
    };
    /** @description The account that scheduled an operation, read from the transaction. It is observed, and no part of the index. */
    OperationScheduler: {
      /** @description The time of the reading, as ISO 8601 says. */
      at: string;
      /** @description The account that sent the transaction, by its address. */
      sentBy: string;
      /** @description The contract that the transaction called; null if it created one. */
      to: string | null;
      /** @description The account that scheduled the operation: the sender, if it called the timelock itself. Null if it called another contract, such as a Safe, which then called the timelock. */
      scheduledBy: string | null;
    };
    /** @description An operation of the timelock, and who scheduled it. */
    GovernanceOperationObserved: {
      /** @description The id of the schedule, from its first event: `<block number>-<log index>`. */
      id: string;
      /** @description The operation's id in the timelock. An operation that was cancelled and scheduled again has the same. */
      operation: string;
      /** @description The salt; zero if there is none. To execute the operation, its salt must be given. */
      salt: string;
      /** @description The id of the operation that must be executed first; null if there is none. */
      predecessor: string | null;
      /** @description True if the predecessor is not executed, so that this operation cannot be, either. */
      blocked: boolean;
      /** @description The delay between scheduling and execution, in seconds, as a decimal string. */
      delay: string;
      /** @description The time from which the operation can be executed, in seconds since 1970, as a decimal string. There is no time after which it cannot. */
      readyAt: string;
      /**
       * @description The state at the answer's block. `waiting`: the delay is not over. `ready`: it is over.
       * @enum {string}
       */
      state: "waiting" | "ready" | "executed" | "cancelled";
      /** @description The calls, which are executed together, in this order. */
      calls: components["schemas"]["GovernanceCall"][];
      /** @description The event that scheduled the first call. */
      scheduled: components["schemas"]["Position"];
      /** @description The event that executed the first call; null if it was not executed. */
      executed: components["schemas"]["Position"] | null;
      /** @description The event that cancelled it; null if it was not cancelled. */
      cancelled: components["schemas"]["Position"] | null;
      /** @description The account that scheduled it; null if no node of the chain could be asked. */
      observed: components["schemas"]["OperationScheduler"] | null;
    };
    /** @description Observed balances: read from a node of the chain at the time of the request. They are no part of the index and belong to no block. */
    ObservedBalances: {
      /**
       * Format: date-time
       * @description The time at which the node was asked.
       */
      at: string;
      /** @description The balances in the admitted currencies, without zeros. */
      currencies: components["schemas"]["Amount"][];
      /** @description The balance of native money in wei, as a decimal string. */
      native: string;
    };
    /** @description An open inlet: an address whose money becomes fees of one release. */
    InletSummary: {
      /** @description The inlet's address. */
      inlet: string;
      /** @description The release that the inlet pays, by its id. */
      release: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The event that opened the inlet. */
      opened: components["schemas"]["Position"];
    };
    /** @description The fees that an inlet has paid in one currency. */
    InletSynced: {
      /** @description The sum of these fees. */
      amount: components["schemas"]["Amount"];
      /** @description The number of these fees. */
      fees: number;
    };
    /** @description An inlet, with the fees that it has paid and the money that is in it. */
    Inlet: {
      /** @description The inlet's address. */
      inlet: string;
      /** @description The release that the inlet pays, by its id. */
      release: number;
      /** @description The asset's name; null if its metadata has none. */
      assetName: string | null;
      /** @description The event that opened the inlet. */
      opened: components["schemas"]["Position"];
      /** @description The fees that the inlet has paid to its release, for each currency. */
      synced: components["schemas"]["InletSynced"][];
      /** @description The money that is in the inlet and is not a fee yet; null if this service has no node to ask. */
      observed: components["schemas"]["ObservedBalances"] | null;
    };
    /** @description An open outlet: an address that holds shares for an account and passes on to it what they earn. */
    OutletSummary: {
      /** @description The outlet, by its address. As an account, it has the shares, earnings and credit. */
      outlet: string;
      /** @description The account that everything in the outlet is passed on to, by its address. */
      account: string;
      /** @description The event that opened the outlet. */
      opened: components["schemas"]["Position"];
    };
    /** @description An outlet, with the money that lies at its address. */
    Outlet: {
      /** @description The outlet, by its address. As an account, it has the shares, earnings and credit. */
      outlet: string;
      /** @description The account that everything in the outlet is passed on to, by its address. */
      account: string;
      /** @description The event that opened the outlet. */
      opened: components["schemas"]["Position"];
      /** @description The money that lies at the outlet's address and is not passed on yet; null if this service has no node to ask. Earnings and credit in the ledger are in the outlet's statement. */
      observed: components["schemas"]["ObservedBalances"] | null;
    };
    /**
     * @description The kind of refusal. Codes never change their meaning; titles and details can be reworded.
     *
     *     - `malformed-parameter` (400): A parameter is missing, unknown, named twice or of the wrong form. Correct the parameters that the detail names. `/openapi.json` describes each.
     *     - `conflicting-parameters` (400): Parameters that are valid by themselves contradict each other. Leave out or change one of the parameters that the detail names.
     *     - `forwards-only` (400): GraphQL's `last` or `before` was given for a list that can only be read forwards. Ask with `first` and `after`.
     *     - `malformed-request` (400): The URL or the body of the request cannot be read. Correct the percent-encoding of the URL or the JSON of the body.
     *     - `graphql-malformed` (400): The GraphQL query or its variables cannot be read, are longer than 4,000 tokens, or do not fit the schema. Correct the query at the place that `locations` names. Introspection returns the schema.
     *     - `graphql-too-costly` (400): The GraphQL query is deeper than 15 fields, has more than 2,000 fields, or may cost more than 50,000. A plain field costs 1, a field that takes long up to 5,000, `block` 2,000 more; page sizes multiply. Ask for smaller pages or fewer fields, in several queries.
     *     - `unknown-currency` (400): The ledger has not admitted this currency. Use one of the currencies that `/v1/currencies` lists.
     *     - `unknown-cursor` (400): No item of this list has the cursor that `after` or `before` names. Use `next` of the page before, from the same list in the same order, or begin at the first page.
     *     - `block-not-indexed` (400): The block is newer than the newest indexed one, or does not exist. Ask for an earlier block, or wait until `/health` shows this one.
     *     - `block-before-deployment` (400): The contracts did not exist yet at this block. Ask for the block of the deployment, which the detail names, or for a later one.
     *     - `unknown-page` (404): No question of the API has this path and method. `/docs` shows all paths, `/openapi.json` lists them.
     *     - `unknown-asset` (404): At this block, no asset has this id. Find the id in `/v1/assets`. An asset's id is the id of its first release.
     *     - `unknown-release` (404): At this block, no release has this id. Use an id from 1 to the last one, which the detail names. Ids have no gaps.
     *     - `unknown-fee` (404): At this block, no fee has this id. Find the id in `/v1/fees`. A reorg can remove a fee that is not final.
     *     - `unknown-inlet` (404): At this block, no inlet is open at this address. Find the address in `/v1/inlets`. For an inlet that is not open yet, the contract's `inletOf` returns the address.
     *     - `unknown-outlet` (404): At this block, no outlet is open at this address. Find the address in `/v1/outlets`. For an outlet that is not open yet, the contract's `outletOf` returns the address.
     *     - `unknown-operation` (404): At this block, no operation with this id was scheduled in the timelock. Find the id in `/v1/governance/operations`. A reorg can remove an operation that is not final.
     *     - `book-absent` (404): The deployment file names none of the contracts that this question is about. Ask a service whose deployment has that contract.
     *     - `precondition-failed` (412): The file of the explorer does not fulfil `If-Match` or `If-Unmodified-Since`. Ask for the file without that header.
     *     - `body-too-large` (413): The body of the request is larger than 64 KiB. Send less: a shorter query, or several queries.
     *     - `address-too-long` (414): A part of the URL's path is longer than 200 characters. Correct that part of the path. No id is that long.
     *     - `unsupported-media-type` (415): The body of the request has a content type that the API does not accept. Send JSON, with `Content-Type: application/json`.
     *     - `range-not-satisfiable` (416): The range in `Range` lies beyond the end of the explorer's file. Ask for the file without that header.
     *     - `internal-fault` (500): A fault in the indexer prevented an answer. Report the fault with the time and the URL. The indexer's log has the reason.
     *     - `node-not-asked` (501): The answer must be read from a node of the chain, and this service was started without one. Ask another service of this deployment that was started with `--rpc`.
     *     - `no-block-yet` (503): The indexer has just started and has not indexed any block. Ask again in a moment.
     *     - `block-not-ready` (503): The state at this earlier block is still being computed. Ask again in a moment for the same block. The computation goes on.
     *     - `book-incomplete` (503): The contracts that this question is about are new to this store. Their earlier events are still being read from the chain. Ask again later. Questions about other contracts are answered meanwhile.
     *     - `too-busy` (503): Too many long questions are being answered, or too many listeners to events are connected. Ask again later, or ask another service of this deployment.
     *     - `takes-too-long` (503): The answer was not ready within the time that a question may take. Ask for less: a smaller depth or page, or a shorter period.
     *     - `request-aborted` (503): The connection was closed, or the service stopped, before the answer was ready. Ask again if the answer is still wanted.
     *     - `store-away` (503): The answer must be read from the store, and the store's database does not respond at the moment. Ask again later, or ask for the newest block, which needs no store.
     *     - `node-away` (503): The answer must be read from a node of the chain, and no node returned a usable one. Ask again later, or with a later `from`.
     *     - `indexer-failed` (503): A fatal error has stopped the indexer. It answers no questions any more. Ask another service of this deployment. The operator finds the reason in the log.
     * @enum {string}
     */
    ProblemCode:
      | "malformed-parameter"
      | "conflicting-parameters"
      | "forwards-only"
      | "malformed-request"
      | "graphql-malformed"
      | "graphql-too-costly"
      | "unknown-currency"
      | "unknown-cursor"
      | "block-not-indexed"
      | "block-before-deployment"
      | "unknown-page"
      | "unknown-asset"
      | "unknown-release"
      | "unknown-fee"
      | "unknown-inlet"
      | "unknown-outlet"
      | "unknown-operation"
      | "book-absent"
      | "precondition-failed"
      | "body-too-large"
      | "address-too-long"
      | "unsupported-media-type"
      | "range-not-satisfiable"
      | "internal-fault"
      | "node-not-asked"
      | "no-block-yet"
      | "block-not-ready"
      | "book-incomplete"
      | "too-busy"
      | "takes-too-long"
      | "request-aborted"
      | "store-away"
      | "node-away"
      | "indexer-failed";
    /** @description A refusal with its reason, in the format of RFC 9457. */
    Problem: {
      /** @constant */
      type: "about:blank";
      code: components["schemas"]["ProblemCode"];
      /** @description The code in words. */
      title: string;
      /** @description The HTTP status. */
      status: number;
      /** @description The reason why this request was refused, for people. */
      detail: string;
    };
    /** @description A GraphQL response. `extensions.block` is the block that the answer holds for. `extensions.code` of an error is the kind of refusal. */
    GraphqlAnswer: {
      data?: {
        [key: string]: unknown;
      } | null;
      errors?: ({
        message: string;
        extensions: {
          code: components["schemas"]["ProblemCode"];
        } & {
          [key: string]: unknown;
        };
      } & {
        [key: string]: unknown;
      })[];
      extensions?: {
        [key: string]: unknown;
      };
    };
    /** @description The health of the indexer for one chain. */
    Health: {
      /**
       * @description `ready`: the head of the chain is indexed. `syncing`: catching up; the head is not indexed, or the last request to a node or the store failed (`lastError`). `stuck`: nothing can be indexed until one of the `problems` is mended; the process tries again by itself. `failed`: a fatal error, see the log. `ready` here is stricter than `/health/ready`, which decides whether to send requests here.
       * @enum {string}
       */
      status: "ready" | "syncing" | "stuck" | "failed";
      /** @description The id of the chain. */
      chainId: number;
      /** @description The address of the asset registry. */
      registry: string;
      /** @description The address of the fee ledger. */
      ledger: string;
      /** @description The contracts around the ledger, from the deployment file; null if the file does not name the first three of them. */
      periphery: {
        /** @description The address of the contract that opens inlets. */
        inlets: string;
        /** @description The address of the contract that takes signed payments. */
        signedPayments: string;
        /** @description The address of the contract that previews releases. */
        preview: string;
        /** @description The address of the contract that opens outlets; null if the deployment has none. */
        outlets: string | null;
      } | null;
      /** @description The newest indexed block; null before the first. */
      block: components["schemas"]["Block"] | null;
      /** @description The number of the newest block that the nodes have reported, as a decimal string, whether or not it can be indexed; null before any is known. */
      head: string | null;
      /**
       * @description The source of `head`. `chain`: a node of the chain. `store`: only the store that another process writes. Then this process cannot know whether the other one keeps up with the chain.
       * @enum {string}
       */
      headFrom: "chain" | "store";
      /** @description The newest final block; null if none is known yet. It can be above the newest indexed block while the indexer is far behind. */
      final: components["schemas"]["FinalBlock"] | null;
      /** @description The time of the last answer from a node of the chain; in a process that only serves, from the store. */
      lastContact: string | null;
      /** @description The time at which blocks were last written to the store; null before the first since the start, and in a process that only serves. */
      lastAppend: string | null;
      /** @description The error of the last failed request to a node or the store; null once a request succeeds again. */
      lastError: string | null;
      /** @description The problems that last, in the order in which they began; empty if there is none. */
      problems: {
        /** @description `bloomsUntrue`: the bloom filters of the chain exclude logs that its blocks hold. `logsPruned`: a node keeps no logs so old. `endpointsDisagree`: two nodes return different logs for the same block. `logsWithheld`: a node leaves out logs that the chain has. `logsContradict`: the logs contradict the ledger's rules. `methodMissing`: a node lacks a method that is needed. `notFollowable`: the chain cannot be followed. `deepReorg`: a block that was final is no longer on the chain. `noEndpoint`: no node can be used. `wrongChain`: a node serves another chain and is not used. `stuck`: a block was seen, but is not indexed, or no node answers. `storeFails`: the store does not take what was read. More codes may be added. */
        code: string;
        /** @description The hosts of the nodes that it is about; empty: the chain or the store. */
        endpoints: string[];
        /** @description States the problem and what to do. */
        message: string;
        /** @description True if nothing can be indexed until it is mended. */
        stops: boolean;
        /**
         * Format: date-time
         * @description The time at which it began.
         */
        since: string;
      }[];
      /** @description The way in which logs that a node leaves out are noticed. `compared`: another node in use is asked as well. `blooms`: by the bloom filters of the blocks. `unchecked`: not at all while blocks are read, since there is one node in use and the bloom filters of the chain are not true; only `verification` finds them. null in a process that only serves. */
      completeness: ("compared" | "blooms" | "unchecked") | null;
      endpoints: {
        /** @description The host of the node. */
        name: string;
        /**
         * @description `used`: in use. `resting`: left alone for a while after a failure. `behind`: its newest block is older than that of others. `unknown`: it has not answered yet, or not as a node of this chain.
         * @enum {string}
         */
        state: "used" | "resting" | "behind" | "unknown";
        /** @description The number of its newest block; null before it is known. */
        head: string | null;
        /** @description Its last failure; null once it answers again. */
        lastError: string | null;
      }[];
      /** @description The last verification since the process started; null if there was none. */
      verification: {
        /** @description The block at which the index was compared with the contracts. */
        block: components["schemas"]["Block"];
        /** @description The number of contract answers that were compared with the index. */
        compared: number;
        /** @description The number of logs of the chain that were compared with the journal. */
        logs: number;
        /** @description The number of answers and logs that differ. */
        differing: number;
        /** @description The number of logs in the journal that the node did not return. This alone does not count as a difference. */
        withheld: number;
        /** @description True if only a sample was compared. */
        sampled: boolean;
        /**
         * Format: date-time
         * @description The time of the verification.
         */
        at: string;
      } | null;
    };
    /** @description True if the service is ready for requests. */
    Readiness: {
      /** @description True if all chains are ready. */
      ready: boolean;
      chains: {
        /** @description The id of the chain. */
        chainId: number;
        /** @description True if this chain is indexed up to a few blocks behind its head, and its nodes or its store answer. */
        ready: boolean;
        /** @description The reasons why it is not ready; empty if it is. */
        reasons: string[];
        /** @description The number of blocks behind the head, as a decimal string; null if it is unknown, for example without a node. */
        behind: string | null;
        /** @description The age of the newest indexed block in seconds; null before the first block. */
        age: number | null;
      }[];
    };
    /** @description The process answers. */
    Liveness: {
      /**
       * @description Always true.
       * @constant
       */
      live: true;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Liveness"];
        };
      };
    };
  };
  ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Readiness"];
        };
      };
      /** @description Default Response */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Readiness"];
        };
      };
    };
  };
  health: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Health"];
        };
      };
      /** @description Default Response */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Health"];
        };
      };
    };
  };
  currencies: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The admitted currencies, in the order of admission */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["Currency"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  ledger: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The settings that the contracts were deployed with, and how many assets, releases and fees they have */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Ledger"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  allocations: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of an asset. */
        asset: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The accounts that got shares when an asset was registered, with their roles */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["Allocation"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  assetReleases: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "id";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of an asset. */
        asset: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The releases of an asset, by release id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["ReleaseSummary"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  assets: {
    parameters: {
      query?: {
        kind?: components["schemas"]["Kind"];
        /** @description Only assets whose name or organization contains this text. Upper and lower case count as the same. */
        search?: string;
        /** @description Only assets of this organization. Upper and lower case count as the same. */
        organization?: string;
        /** @description Only assets of this owner, by its address. */
        owner?: string;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The order of the items. `id`: by id. `name`: by name. Default: `id`. */
        orderBy?: "id" | "name";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Assets; they can be searched by name and organization */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["AssetSummary"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  asset: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The id of an asset. */
        asset: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An asset, with its shareholders and its income */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Asset"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  shareholders: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The order of the items. `shares`: by the number of shares. `acquired`: by the time at which the account first held shares. Default: `shares`. */
        orderBy?: "shares" | "acquired";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of an asset. */
        asset: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The accounts that hold shares of an asset */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["Shareholder"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  builtBy: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "id";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a release. */
        release: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The releases that were built directly on a release, by release id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["ReleaseSummary"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  lineageEdges: {
    parameters: {
      query?: {
        direction?: components["schemas"]["Direction"];
        /** @description The highest number of edges between a listed release and this one. Default: 1,000,000. */
        depth?: number;
        /** @description The currency, by its address, in which to show the amounts. Default: no amounts are shown. */
        currency?: string;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a release. */
        release: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The contributions of a lineage, those of the nearest releases first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["LineageEdge"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  lineageNodes: {
    parameters: {
      query?: {
        direction?: components["schemas"]["Direction"];
        /** @description The highest number of edges between a listed release and this one. Default: 1,000,000. */
        depth?: number;
        /** @description The currency, by its address, in which to show the amounts. Default: no amounts are shown. */
        currency?: string;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a release. */
        release: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The releases of a lineage: the one that was asked about first, then by depth and id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["LineageNode"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  lineage: {
    parameters: {
      query?: {
        direction?: components["schemas"]["Direction"];
        /** @description The highest number of edges between a listed release and this one. Default: 1,000,000. */
        depth?: number;
        /** @description The largest number of releases to return, 1 to 500. Default: 500. */
        most?: number;
        /** @description The currency, by its address, in which to show the amounts. Default: no amounts are shown. */
        currency?: string;
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The id of a release. */
        release: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The lineage of a release: the releases that it was built from, or the releases that were built on it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Lineage"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  release: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The id of a release. */
        release: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A release, with its contributions and what it received */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Release"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  releases: {
    parameters: {
      query?: {
        /** @description Only releases of the asset with this id. */
        asset?: number;
        /** @description Only releases whose label contains this text. Upper and lower case count as the same. */
        label?: string;
        /** @description `true`: only retired releases. `false`: only releases that are not retired. */
        retired?: boolean;
        /** @description `true`: only releases that need a grant to build on. `false`: only releases that anyone can build on. */
        byGrant?: boolean;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "id";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Releases, by release id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["ReleaseSummary"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  weights: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The order of the items. `keeps`: by the part that the release keeps. `release`: by release id. Default: `keeps`. */
        orderBy?: "keeps" | "release";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a release. */
        release: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The effective weight of each ancestor of a release */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["EffectiveWeight"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  claims: {
    parameters: {
      query?: {
        /** @description Only claims of this account, by its address. */
        account?: string;
        /** @description Only claims in this currency, by its address. */
        currency?: string;
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The order of the items. `claimed`: by the time of the claim. `amount`: by the number of base units, whatever the currency. Default: `claimed`. */
        orderBy?: "claimed" | "amount";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Claims, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["Claim"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  fees: {
    parameters: {
      query?: {
        /** @description Only fees paid into this release. */
        release?: number;
        /** @description Only fees paid into releases of this asset. */
        asset?: number;
        /** @description Only fees of this payer, by its address. */
        payer?: string;
        /** @description Only fees in this currency, by its address. */
        currency?: string;
        /** @description Only fees with this reference (32 bytes). */
        reference?: string;
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The order of the items. `paid`: by the time of payment. `amount`: by the number of base units, whatever the currency. Default: `paid`. */
        orderBy?: "paid" | "amount";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Fees, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["Fee"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  fee: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The id of a fee: `<block number>-<log index>`. */
        fee: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One fee */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Fee"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  trace: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The id of a fee: `<block number>-<log index>`. */
        fee: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The trace of a fee: where its money goes, hop by hop, to the base unit */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Trace"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  traceAssets: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a fee: `<block number>-<log index>`. */
        fee: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The assets that keep a part of a fee, the largest part first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["TracedAsset"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  traceHops: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a fee: `<block number>-<log index>`. */
        fee: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The hops of a fee's trace, from the paid release to the oldest ancestor */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["TraceHop"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  accountAllocations: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The shares that an account got when assets were registered, with its role in each */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["AccountAllocation"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  accounts: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All accounts that ever held shares or credit, paid or were the source of a fee, or claimed, in the order in which they first appeared */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["AccountListed"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  holdings: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The order of the items. `asset`: by asset id. `shares`: by the number of shares. Default: `asset`. */
        orderBy?: "asset" | "shares";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The assets that an account holds shares of, by asset id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["Holding"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  account: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An account and its credit */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Account"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  statementLines: {
    parameters: {
      query?: {
        /** @description Only lines in this currency, by its address. */
        currency?: string;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The lines of an account's statement: one for each currency and each asset that it ever held shares of */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["StatementLine"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  statement: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The statement of an account: what it holds, has earned and can claim */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Statement"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  plan: {
    parameters: {
      query?: {
        /** @description Plan only for these assets, by their ids, such as `1,2`. Default: all. */
        assets?: string;
        /** @description True to leave nothing out that brings the account a base unit, whatever it costs. Default: false. */
        all?: boolean;
        /** @description True to withdraw prepaid credit, too: what the account deposited, for example. Default: false. */
        credit?: boolean;
        /** @description The price of one unit of gas, in wei. With it, and for a currency with a price, the claim plan leaves out what costs more than it brings. */
        gasPriceWei?: string;
        /** @description The price of a whole unit of each currency, in wei of native money, such as `0x…:400000000000000`. Separate several by commas. The token that wraps native money needs none. */
        prices?: string;
        /** @description The cost of one byte of a transaction's data beside the gas, in wei: on a rollup, the L1 data fee of a typical transaction, divided by its bytes. Default: 0. */
        dataPriceWei?: string;
        /** @description The cost of each transaction beside gas and data, in wei, such as the constant of an operator fee. Default: 0. */
        transactionFeeWei?: string;
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The claim plan of an account: the transactions that pay it what it is owed */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Plan"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  planClaim: {
    parameters: {
      query?: {
        /** @description Plan only for these assets, by their ids, such as `1,2`. Default: all. */
        assets?: string;
        /** @description True to leave nothing out that brings the account a base unit, whatever it costs. Default: false. */
        all?: boolean;
        /** @description True to withdraw prepaid credit, too: what the account deposited, for example. Default: false. */
        credit?: boolean;
        /** @description The price of one unit of gas, in wei. With it, and for a currency with a price, the claim plan leaves out what costs more than it brings. */
        gasPriceWei?: string;
        /** @description The price of a whole unit of each currency, in wei of native money, such as `0x…:400000000000000`. Separate several by commas. The token that wraps native money needs none. */
        prices?: string;
        /** @description The cost of one byte of a transaction's data beside the gas, in wei: on a rollup, the L1 data fee of a typical transaction, divided by its bytes. Default: 0. */
        dataPriceWei?: string;
        /** @description The cost of each transaction beside gas and data, in wei, such as the constant of an operator fee. Default: 0. */
        transactionFeeWei?: string;
        /** @description True for the plan through the account's outlet. Default: false, the account's own plan. */
        outlet?: boolean;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The assets that an account should claim for, by asset id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["ToClaim"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  planLeftOut: {
    parameters: {
      query?: {
        /** @description Plan only for these assets, by their ids, such as `1,2`. Default: all. */
        assets?: string;
        /** @description True to leave nothing out that brings the account a base unit, whatever it costs. Default: false. */
        all?: boolean;
        /** @description True to withdraw prepaid credit, too: what the account deposited, for example. Default: false. */
        credit?: boolean;
        /** @description The price of one unit of gas, in wei. With it, and for a currency with a price, the claim plan leaves out what costs more than it brings. */
        gasPriceWei?: string;
        /** @description The price of a whole unit of each currency, in wei of native money, such as `0x…:400000000000000`. Separate several by commas. The token that wraps native money needs none. */
        prices?: string;
        /** @description The cost of one byte of a transaction's data beside the gas, in wei: on a rollup, the L1 data fee of a typical transaction, divided by its bytes. Default: 0. */
        dataPriceWei?: string;
        /** @description The cost of each transaction beside gas and data, in wei, such as the constant of an operator fee. Default: 0. */
        transactionFeeWei?: string;
        /** @description True for the plan through the account's outlet. Default: false, the account's own plan. */
        outlet?: boolean;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The assets and releases that the claim plan of an account leaves out, the largest amount first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["LeftOut"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  planSettle: {
    parameters: {
      query?: {
        /** @description Plan only for these assets, by their ids, such as `1,2`. Default: all. */
        assets?: string;
        /** @description True to leave nothing out that brings the account a base unit, whatever it costs. Default: false. */
        all?: boolean;
        /** @description True to withdraw prepaid credit, too: what the account deposited, for example. Default: false. */
        credit?: boolean;
        /** @description The price of one unit of gas, in wei. With it, and for a currency with a price, the claim plan leaves out what costs more than it brings. */
        gasPriceWei?: string;
        /** @description The price of a whole unit of each currency, in wei of native money, such as `0x…:400000000000000`. Separate several by commas. The token that wraps native money needs none. */
        prices?: string;
        /** @description The cost of one byte of a transaction's data beside the gas, in wei: on a rollup, the L1 data fee of a typical transaction, divided by its bytes. Default: 0. */
        dataPriceWei?: string;
        /** @description The cost of each transaction beside gas and data, in wei, such as the constant of an operator fee. Default: 0. */
        transactionFeeWei?: string;
        /** @description True for the plan through the account's outlet. Default: false, the account's own plan. */
        outlet?: boolean;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The releases to settle for an account, in the order in which to settle them */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["ToSettle"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  earned: {
    parameters: {
      query: {
        /** @description The number of the block at whose end the period begins. */
        sinceBlock: number;
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The earnings of an account over a period, to the base unit */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Earned"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  earnings: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The account's address, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The fees that an account earns from: who paid, along which path the money comes, and why */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["Earning"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  feeProgressAssets: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a fee: `<block number>-<log index>`. */
        fee: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The parts of a fee that are settled, claimable and claimed so far, by asset */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["AssetProgress"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  feeProgressHops: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a fee: `<block number>-<log index>`. */
        fee: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The part of a fee that each release has settled so far */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["HopProgress"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  accountLeaderboard: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accounts by what they earn, the highest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["AccountRanked"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  assetLeaderboard: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Assets by income, the highest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["AssetRanked"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  counterfactual: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a release. */
        release: number;
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The incomes that assets would have without a release */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["IncomeChange"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  economyHealth: {
    parameters: {
      query?: {
        /** @description T: the longest time from the payment to the claim, in seconds. Default: 604,800 (a week). */
        within?: number;
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The health of the economy: concentration, liquidity, trapped value, contributions that moved money */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["EconomyHealth"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  organizationLeaderboard: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Organizations by the income of their assets, the highest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["OrganizationRanked"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  payerLeaderboard: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accounts by the fees that they paid, the highest sum first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["PayerRanked"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  releaseLeaderboard: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Releases by what they receive, the highest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["ReleaseRanked"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  assetIncomeTimeline: {
    parameters: {
      query?: {
        /** @description The length of a bucket in seconds. Default: 86,400 (a day). */
        bucket?: number;
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of an asset. */
        asset: number;
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An asset's income over time */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["IncomeBucket"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  trappedReleases: {
    parameters: {
      query?: {
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Releases by unsettled money (one part of the trapped value), the highest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["TrappedRelease"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  feeFlows: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of members to name in each column, 1 to 50. Default: 12. */
        most?: number;
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The flow of a period's fees from payers to earners */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["FeeFlows"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  organizationFlows: {
    parameters: {
      query?: {
        /** @description Only from this time on, in seconds since 1970. The time itself is included. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. The time itself is included. */
        until?: number;
        /** @description The largest number of pairs to return, 1 to 500. Default: 100. */
        most?: number;
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The currency's address. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The flow of money between organizations */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["OrganizationFlows"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  inletPayers: {
    parameters: {
      query: {
        /** @description The currency's address. */
        currency: string;
        /** @description Only transfers in the block with this number, or later. Default: 0. */
        from?: number;
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The inlet's address. */
        inlet: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The senders of transfers to an inlet */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["InletPayments"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  inlets: {
    parameters: {
      query?: {
        /** @description Only inlets of the release with this id. */
        release?: number;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The open inlets, in the order in which they were opened */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["InletSummary"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  inlet: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The inlet's address. The inlet must be open. */
        inlet: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One inlet: its release, the fees that it has paid, and the money that is in it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Inlet"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  outlets: {
    parameters: {
      query?: {
        /** @description Only the outlet of the account with this address. */
        account?: string;
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The open outlets, in the order in which they were opened */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["OutletSummary"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  outlet: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The outlet's address. The outlet must be open. */
        outlet: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One outlet: its account, and the money that lies at its address */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Outlet"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  governance: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The timelock that administers the ledger: its roles and its scheduled calls */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Governance"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  governanceCalls: {
    parameters: {
      query?: {
        /** @description Only calls in this state. */
        state?: "waiting" | "ready" | "executed" | "cancelled";
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "scheduled";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The calls that were scheduled in the timelock, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["GovernanceCall"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  governanceOperations: {
    parameters: {
      query?: {
        /** @description Only operations in this state. */
        state?: "waiting" | "ready" | "executed" | "cancelled";
        /** @description The largest number of items to return, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Return the items after this cursor. Pass `next` of the page before. */
        after?: string;
        /** @description The list has only one order, so this parameter is not needed. */
        orderBy?: "scheduled";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
        /** @description `csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The operations that were scheduled in the timelock, the newest first, each with its calls */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            /** @description The items of this page. */
            data: components["schemas"]["GovernanceOperation"][];
            /** @description The value of `after` for the next page; null at the end of the list. */
            next: string | null;
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  governanceOperation: {
    parameters: {
      query?: {
        /** @description The number of the block to answer for. Default: the newest indexed block. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The operation's id in the timelock. */
        operation: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One operation of the timelock, as it was scheduled last, and who scheduled it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["GovernanceOperationObserved"];
          };
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  events: {
    parameters: {
      query?: {
        /** @description Only events of these types, separated by commas: block, reorg, fee, settlement, claim. Default: all types. */
        types?: string;
      };
      header?: {
        /** @description The id of the last event that the listener has read. The block number alone is enough. */
        "last-event-id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A stream of events. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/event-stream": string;
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  graphqlByGet: {
    parameters: {
      query: {
        /** @description The GraphQL query. */
        query: string;
        /** @description The variables of the query, as a JSON object. */
        variables?: string;
        operationName?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GraphqlAnswer"];
        };
      };
      /** @description The query was refused. The body contains the reason. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GraphqlAnswer"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  graphql: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          /** @description The GraphQL query. */
          query: string;
          variables?: {
            [key: string]: unknown;
          } | null;
          operationName?: string | null;
          extensions?: unknown;
        };
      };
    };
    responses: {
      /** @description Default Response */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GraphqlAnswer"];
        };
      };
      /** @description The query was refused. The body contains the reason. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GraphqlAnswer"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request was refused. The body contains the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request could not be answered. The body contains the reason. */
      "5XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
}
