// Made by `npm run client` from the OpenAPI document. Do not edit.

export interface paths {
  "/health/live": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process answers */
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
    /** Whether every chain is indexed up to a few blocks, so that requests should be sent here */
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
    /** Whether the indexer keeps up */
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
    /** What the contracts were created with, and how much they hold */
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
    /** Who got shares of an asset at its registration, and what for */
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
    /** The releases of an asset by ascending id */
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
    /** Assets, and search by name and organization */
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
    /** An asset, its shareholders and income */
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
    /** Who holds shares of an asset */
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
    /** The releases that name a release, by id */
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
    /** The releases of a lineage: the release itself first, then by depth and id */
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
     * What a release was built from, or what was built on it
     * @description The nearest releases and the contributions between them, breadth first. Where there are more than `most`, `/releases/{release}/lineage/nodes` and `/releases/{release}/lineage/edges` have all of them by page.
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
    /** A release, what it was built from and what it received */
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
    /** Releases by id */
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
     * The effective weight of each ancestor
     * @description Of a fee paid into this release: the part that reaches each ancestor and the part that it keeps. Formula: reaches(p) = Σ over all paths from the release to p of the product of the weights along the path; keeps(p) = reaches(p) · own weight of p. In parts per million. These are the limits for a large fee; a trace gives exact amounts. The release itself comes first, then who keeps most.
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
    /** A fee */
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
     * Where one fee goes, hop by hop, to the unit
     * @description What everyone is due once everything is settled with all fees up to this one, less what they were due without it. The traces of all fees add up to the ledger's totals exactly. The first 50 hops and assets; all by page at `/fees/{fee}/trace/hops` and `/fees/{fee}/trace/assets`.
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
    /** What each asset is due of a fee, the most first */
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
    /** The hops of a fee, from the paid release to the oldest ancestor */
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
    /** What an account got at registrations, and what for */
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
    /** Every account that the events name, in the order of appearance */
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
    /** The assets that an account holds shares of, by id */
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
  "/v1/accounts/{address}/plan": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What to settle and to claim so that an account gets all that it is owed
     * @description The releases to settle, in this order, and then the assets to claim for. A release through which not one unit more would reach the account is left out. The first 50 of each; all by page at `/accounts/{address}/plan/{currency}/settle` and `/accounts/{address}/plan/{currency}/claim`.
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
    /** The assets to claim for, by id */
    get: operations["planClaim"];
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
    /** The releases to settle for an account, in this order */
    get: operations["planSettle"];
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
    /** The lines of a statement, by currency and asset that the account ever held shares of */
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
     * What an account holds, earned and can claim
     * @description The first 50 lines; all by page, and as CSV, at `/accounts/{address}/statement/lines`.
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
  "/v1/accounts/{address}/earned": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What an account earned over a period, to the unit
     * @description What was settled in between while it held the shares: claimed and claimable at the block that is asked about (`block`, the newest unless given), less what it was at the block `sinceBlock`. From whom and along which path: `/accounts/{address}/earnings`.
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
     * From whom, along which path and why an account earns, fee by fee
     * @description The fees that bring something to an asset which the account holds shares of, in the order of payment. Formula: with I what the asset has of all earlier fees and k what it keeps of this one, both fully settled, D(x) = ⌊x · (1e6 − c) / 1e6⌋ and s the account's shares, due = ⌊D(I + k) · s / 1e8⌋ − ⌊D(I) · s / 1e8⌋. A proxy where shares moved: s is what the account holds at the block that is asked about.
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
     * What of a fee is settled, claimable and claimed by now, by asset
     * @description By FIFO accounting, since money has no marks on it: what was paid first counts as settled first and claimed first. Formula: settled = clamp(I − from, 0, kept), with I the asset's income now and `from` its income of all earlier fees; of the shareholders' part D(from + settled) − D(from), claimed = clamp(C − D(from), 0, settled), with C all that they claimed, and claimable is the rest.
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
     * What of a fee each release has passed on by now
     * @description By FIFO accounting, since money has no marks on it: what was paid first counts as settled first and claimed first. Formula: settled = clamp(S − from, 0, received), with S what the release settled and `from` what it had received of all earlier fees, fully settled.
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
     * Accounts by what they earn, the most first
     * @description The commons' part excluded. Of all fees it is exact: claimed + what a claim would pay. Of a period's fees it is a proxy, by the shares s that are held now: with D(x) = ⌊x · (1e6 − c) / 1e6⌋ and I(n) an asset's income of the first n fees, fully settled, income = Σ ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋. The first 10000; the cursor is the rank.
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
     * Assets by income, the most first
     * @description Formula: with I(n) an asset's income of the first n fees, fully settled, and J its income now, income = I(end) − I(first), settled = clamp(J − I(first), 0, income). The first 10000; the cursor is the rank.
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
  "/v1/economy/{currency}/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The health of the economy: concentration, liquidity, trapped value, edges that moved money
     * @description Participation density = exp(−Σ p · ln p), HHI = Σ p², Nakamoto coefficient = the fewest with more than half, with p the share of an earner in all income, fully settled. Coordination liquidity = Σ clamp(C(tᵢ + T) − P(i), 0, P(i + 1) − P(i)) / Σ (P(i + 1) − P(i)) over the fees i paid at least T ago, with P(i) the shareholders' part of the first i fees and C(t) all that was claimed until t: what was paid first counts as claimed first. Trapped value: paid = claimed + swept + unsettled + unclaimed + unswept + fractions, to the unit. Moved edges: contributions (r, p, w) with ⌊S(r) · w⌋ > 0, S what r settled, over all.
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
     * Organizations by the income of their assets, the most first
     * @description Formula: with I(n) an asset's income of the first n fees, fully settled, and J its income now, income = I(end) − I(first), settled = clamp(J − I(first), 0, income). The first 10000; the cursor is the rank.
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
     * Accounts by the fees that they paid, the most first
     * @description Formula: the sum of the fees that name the account as payer. Who took it from somebody else may name any. The first 10000; the cursor is the rank.
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
     * Releases by what they receive, the most first
     * @description Formula: R(end) − R(first), with R(n) all that the first n fees bring a release once everything is settled. The first 10000; the cursor is the rank.
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
     * @description By the time when fees were paid (not settled): what the fees of each bucket bring the asset once everything is settled, the sum of their traces. Only buckets in which there is something.
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
     * The releases in which the most is unsettled
     * @description Formula: received − settled. The first 10000; the cursor is the rank.
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
  "/v1/releases/{release}/counterfactual/{currency}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who would have earned what had a release not existed, its weight staying with whoever named it
     * @description An accounting answer, to the unit, not a causal one: without it, people might have built or paid something else. Formula: with X the release and R what a release received, fully settled: X receives and keeps nothing, its own fees are not paid; who names X with weight w keeps ⌊R · (own weight + w)⌋; an ancestor of X receives R′ = direct + Σ ⌊R′ · w⌋ over what names it, without X; everyone else as it was. Assets whose income would be another, the largest difference first.
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
  "/v1/economy/{currency}/flows": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Money between organizations
     * @description Of these fees, by the organization whose release was paid (A) and the one whose assets earn (B). Formula: flow(A → B) = Σ over fees into releases of A, Σ over assets b of B: what b keeps of the fee, fully settled, commons included. paid = Σ flows + rest + pending.
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
  "/v1/economy/{currency}/flows/fees": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Fees of a period, from who paid to who earns
     * @description In four columns: payers, the releases that they paid, the assets that keep something of it, and the accounts that share in these; of each column those through which the most goes are named. What is paid and kept is exact, the sum of the traces of these fees. What accounts earn is a proxy, by the shares s that are held now: with D(x) = ⌊x · (1e6 − c) / 1e6⌋ and I(n) an asset's income of the first n fees, fully settled, it is ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋. paid = Σ fees = Σ kept + pending; Σ kept = Σ earned + Σ commons + fractions.
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
  "/v1/inlets/{inlet}/payers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who paid into an inlet
     * @description The fees of an inlet name the inlet as payer. Who sent the tokens there is read from the currency's own Transfer logs, from the chain's node at the time of asking: it is information, not state, and as true as the token is. About 500 from `from` on, always whole blocks; fewer, perhaps none, where a node gives only few blocks at a time: go on from `nextFrom`.
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
     * The inlets that were opened
     * @description An inlet has its address before it is opened, and can be paid there: ask the contract for `inletOf`.
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
     * An inlet: the release that it pays, what it paid, and what lies there
     * @description What lies there is asked of a node of the chain at the time of asking, and is marked as observed: it is no part of the index.
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
  "/v1/governance": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The timelock that administers the ledger: who may do what in it, and what was scheduled
     * @description The ledger's admin can admit currencies, and nothing else. Where the admin is a timelock that the deployment's file names, this is what it was told to do and when it may.
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
    /** The calls that were scheduled in the timelock */
    get: operations["governanceCalls"];
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
     * What happens, as it happens: server-sent events
     * @description `fee`, `settlement`, `claim`: what was in a block; `block`: it was applied, and all before it; `reorg`: the chain took blocks back, and the state is that of an earlier block. The id of an event is `<block number>-<block hash>`. Who comes back with it as `Last-Event-ID` is told what it missed; `missed` says that this was too long ago and that everything is to be read anew. Who reads too slowly is let go.
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
     * Asks by GraphQL, in the address
     * @description The same questions as a graph: objects lead to what they name, lists are Relay connections. The schema is had by introspection. A query may be 15 fields deep and cost 50,000 fields, pages multiplied.
     */
    get: operations["graphqlByGet"];
    put?: never;
    /**
     * Asks by GraphQL
     * @description The same questions as a graph: objects lead to what they name, lists are Relay connections. The schema is had by introspection. A query may be 15 fields deep and cost 50,000 fields, pages multiplied.
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
    /** @description An ERC-20 that was admitted to the ledger. */
    Currency: {
      address: string;
      /** @description As the token had it when it was admitted. */
      symbol: string;
      /** @description How many of an amount's digits stand behind the point. */
      decimals: number;
    };
    /** @description An amount of money. */
    Amount: {
      /** @description Base units of the currency, as a decimal string. */
      amount: string;
      currency: components["schemas"]["Currency"];
    };
    /** @description A block: the one that an answer holds at. */
    Block: {
      number: string;
      hash: string;
      /** @description Seconds since 1970. */
      timestamp: number;
      /** @description Whether the chain can no longer take it back, and with it the answer. */
      final: boolean;
    };
    /** @description The newest block that the chain can no longer take back. */
    FinalBlock: {
      number: string;
      /** @description Null where the indexer does not hold the block itself. */
      hash: string | null;
    };
    /** @description Where and when something was recorded. */
    Position: {
      blockNumber: string;
      /** @description Its place in the block. */
      logIndex: number;
      /** @description Seconds since 1970. */
      timestamp: number;
      transactionHash: string;
    };
    /** @description Who stands behind assets, in their registrants' own words. */
    Organization: {
      /** @description The name in the metadata; anyone can write any. */
      organization: string | null;
      asset: number | null;
    };
    /** @description A dataset, a model or an agent, in short. */
    AssetSummary: {
      id: number;
      /** @description From the metadata, as its owner wrote it; names are not unique. */
      name: string | null;
      /** @description From the metadata, as its owner wrote it. */
      organization: string | null;
      kind: components["schemas"]["Kind"];
      /** @description Who administers it. */
      owner: string;
      /** @description The newest 50, ascending. */
      releases: number[];
    };
    /** @description Who holds shares of an asset, and how many. */
    Shareholder: {
      /** @description An account, by its address. */
      account: string;
      /** @description Shares, as a decimal string. Of 100,000,000 of the asset. */
      shares: string;
    };
    /** @description Who got shares at the registration, and what for. */
    Allocation: {
      /** @description An account, by its address. */
      account: string;
      role: components["schemas"]["Role"];
      /** @description Shares, as a decimal string. Of 100,000,000 of the asset. */
      shares: string;
    };
    /** @description All that an asset's releases ever kept, in one currency. */
    AssetIncome: {
      settled: components["schemas"]["Amount"];
      /** @description Once everything is settled. */
      afterSettling: components["schemas"]["Amount"];
    };
    /** @description A dataset, a model or an agent. Whoever owns its token administers it. */
    Asset: {
      id: number;
      /** @description From the metadata, as its owner wrote it; names are not unique. */
      name: string | null;
      /** @description From the metadata, as its owner wrote it. */
      organization: string | null;
      kind: components["schemas"]["Kind"];
      /** @description Who administers it. */
      owner: string;
      /** @description The newest 50, ascending; all by page at `/assets/{asset}/releases`. */
      releases: number[];
      /** @description No release of the asset keeps less for it. In parts per million. */
      keepPpm: number;
      /** @description Who registered it. */
      registrant: string;
      /** @description The metadata as it was emitted. Anyone can write anything here. */
      metadata: string;
      /** @description Its SHA-256. */
      metadataDigest: string;
      registered: components["schemas"]["Position"];
      /** @description The first 50; all by page at `/assets/{asset}/allocations`. */
      allocations: components["schemas"]["Allocation"][];
      /** @description The 50 with the most shares; all by page at `/assets/{asset}/shareholders`. */
      shareholders: components["schemas"]["Shareholder"][];
      /** @description By currency. */
      income: components["schemas"]["AssetIncome"][];
    };
    /** @description From a release to an earlier one that it was built from. */
    Contribution: {
      /** @description A release, by its id. */
      release: number;
      /** @description Of all it receives: what the release passes on. In parts per million. */
      weightPpm: number;
    };
    /** @description One immutable version of an asset, in short. */
    ReleaseSummary: {
      id: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      label: string;
      /** @description The publisher's digest of the content; zero if none was given. */
      digest: string;
      uri: string;
      /** @description Of all it receives: what it keeps for its own asset. In parts per million. */
      ownWeightPpm: number;
      /** @description Of every fee, paid to anything built on it: what must reach it. In parts per million. */
      floorPpm: number;
      /** @description Whether only those with a grant may build on it. */
      byGrant: boolean;
      /** @description Whether nothing new may be built on it. */
      retired: boolean;
      /** @description What it was built from: at most 64. */
      contributions: components["schemas"]["Contribution"][];
      published: components["schemas"]["Position"];
    };
    /** @description What went through a release, in one currency. */
    ReleaseFlow: {
      /** @description All that ever arrived. */
      received: components["schemas"]["Amount"];
      /** @description What of it has been passed on. */
      settled: components["schemas"]["Amount"];
      /** @description What of it was paid into the release itself. */
      direct: components["schemas"]["Amount"];
    };
    /** @description One immutable version of an asset; a node of the graph. */
    Release: {
      id: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      label: string;
      /** @description The publisher's digest of the content; zero if none was given. */
      digest: string;
      uri: string;
      /** @description Of all it receives: what it keeps for its own asset. In parts per million. */
      ownWeightPpm: number;
      /** @description Of every fee, paid to anything built on it: what must reach it. In parts per million. */
      floorPpm: number;
      /** @description Whether only those with a grant may build on it. */
      byGrant: boolean;
      /** @description Whether nothing new may be built on it. */
      retired: boolean;
      /** @description What it was built from: at most 64. */
      contributions: components["schemas"]["Contribution"][];
      published: components["schemas"]["Position"];
      /** @description The newest 50 releases that name this one, ascending; all by page at `/releases/{release}/builtBy`. */
      builtBy: number[];
      /** @description By currency. */
      flows: components["schemas"]["ReleaseFlow"][];
    };
    /** @description Money paid into a release. */
    Fee: {
      id: string;
      /** @description The release that it was paid into. */
      release: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description Who paid. */
      payer: string;
      amount: components["schemas"]["Amount"];
      /** @description The 32 bytes that tie it to a request off chain. */
      reference: string;
      /** @description Whose tokens were taken. The payer is sure if this is the payer or the ledger itself. */
      source: string;
      fromCredit: boolean;
      paid: components["schemas"]["Position"];
    };
    /** @description Money that an account was paid for its shares. */
    Claim: {
      /** @description `<block number>-<log index>` */
      id: string;
      /** @description An account, by its address. */
      account: string;
      amount: components["schemas"]["Amount"];
      /** @description Whether it became credit rather than going to a wallet. */
      toCredit: boolean;
      claimed: components["schemas"]["Position"];
    };
    /** @description What an account earned with one asset, in one currency. */
    StatementLine: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description Shares, as a decimal string. Held now, of 100,000,000. */
      shares: string;
      /** @description Claimed plus claimable now. */
      earned: components["schemas"]["Amount"];
      claimed: components["schemas"]["Amount"];
      claimableNow: components["schemas"]["Amount"];
      /** @description Once everything is settled; includes claimable now. */
      claimableAfterSettling: components["schemas"]["Amount"];
    };
    /** @description Whoever holds, pays or earns. */
    Account: {
      address: string;
      /** @description Whether it ever held shares, credit or an asset, paid or claimed. */
      known: boolean;
      /** @description What it holds inside the ledger, by currency. */
      credits: components["schemas"]["Amount"][];
      /** @description How many assets it ever held shares of. */
      assetsEverHeld: number;
    };
    /** @description An account. */
    AccountListed: {
      /** @description An account, by its address. */
      account: string;
    };
    /** @description Shares that an account holds. */
    Holding: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description Shares, as a decimal string. Of 100,000,000 of the asset. */
      shares: string;
    };
    /** @description Shares that an account got at an asset's registration. */
    AccountAllocation: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      role: components["schemas"]["Role"];
      /** @description Shares, as a decimal string. Of 100,000,000 of the asset. */
      shares: string;
    };
    /** @description What an account holds, earned and can claim. */
    Statement: {
      /** @description An account, by its address. */
      account: string;
      /** @description How many lines there are. */
      lineCount: number;
      /** @description By currency and asset that the account ever held shares of. */
      lines: components["schemas"]["StatementLine"][];
      credits: components["schemas"]["Amount"][];
    };
    /** @description A transaction. */
    PlanCall: {
      /** @description The ledger. */
      to: string;
      /** @enum {string} */
      functionName: "settle" | "collect";
      /** @description The calldata. */
      data: string;
      /** @description What it takes, estimated. */
      gas: number;
    };
    /** @description What to do, in one currency. */
    CurrencyPlan: {
      /** @description How many releases there are to settle. */
      settleCount: number;
      /** @description The releases to settle, in this order. */
      settle: number[];
      /** @description How many assets there are to claim for. */
      claimCount: number;
      /** @description The assets to claim for, afterwards. */
      claim: number[];
      /** @description What the claim pays. */
      pays: components["schemas"]["Amount"];
      /** @description All of it as transactions, in this order: `settle`, which anyone can send, as often as needed, then `collect`, which the account sends. The gas is 21,000 + calldata + the storage slots that each is the first to touch + logs + instructions as measured, for a plain ERC-20 and an account that holds none of it. What it costs in money is the gas times the chain's price: compare it with what the claim pays. */
      calls: components["schemas"]["PlanCall"][];
    };
    /** @description How an account gets all that it is owed. */
    Plan: {
      /** @description An account, by its address. */
      account: string;
      /** @description One for each currency in which the account is owed something. */
      plans: components["schemas"]["CurrencyPlan"][];
    };
    /** @description A release to settle. */
    ToSettle: {
      /** @description A release, by its id. */
      release: number;
    };
    /** @description An asset to claim for. */
    ToClaim: {
      /** @description An asset, by its id. */
      asset: number;
    };
    /** @description Why. */
    OwnAllocation: {
      role: components["schemas"]["Role"];
      /** @description Shares, as a decimal string. Of 100,000,000 of the asset. */
      shares: string;
    };
    /** @description What one asset brought in one currency. */
    EarnedLine: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description Claimed or claimable at the end and not at the beginning. */
      earned: components["schemas"]["Amount"];
      /** @description What was paid out in between. */
      claimed: components["schemas"]["Amount"];
      /** @description Shares, as a decimal string. Held at the beginning, of 100,000,000. */
      sharesBefore: string;
      /** @description Shares, as a decimal string. Held at the end, of 100,000,000. */
      sharesAfter: string;
      /** @description What the account got shares for when the asset was registered. */
      allocations: components["schemas"]["OwnAllocation"][];
    };
    /** @description What an account earned over a period. */
    Earned: {
      /** @description An account, by its address. */
      account: string;
      /** @description The block at whose end the period begins. */
      sinceBlock: string;
      /** @description By asset and currency that brought something. */
      lines: components["schemas"]["EarnedLine"][];
    };
    /** @description What one asset keeps of a fee, and the account's part of that. */
    EarnedPart: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description What the asset keeps of the fee. */
      kept: components["schemas"]["Amount"];
      /** @description What of that is the shareholders'. */
      shareholders: components["schemas"]["Amount"];
      /** @description Shares, as a decimal string. The account's, of 100,000,000. */
      shares: string;
      /** @description What of that is the account's. */
      due: components["schemas"]["Amount"];
      /** @description From the paid release to the asset's, along the strongest path. */
      via: number[];
    };
    /** @description A fee that an account earns of. */
    Earning: {
      fee: components["schemas"]["Fee"];
      /** @description By asset. */
      parts: components["schemas"]["EarnedPart"][];
    };
    /** @description How far a fee has come at a release. */
    HopProgress: {
      /** @description A release, by its id. */
      release: number;
      received: components["schemas"]["Amount"];
      /** @description What of that was passed on. */
      settled: components["schemas"]["Amount"];
    };
    /** @description How far a fee has come at an asset. */
    AssetProgress: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description What the asset is due of the fee. */
      kept: components["schemas"]["Amount"];
      /** @description What of it is income by now. */
      settled: components["schemas"]["Amount"];
      commonsDue: components["schemas"]["Amount"];
      commonsSettled: components["schemas"]["Amount"];
      commonsSwept: components["schemas"]["Amount"];
      shareholdersDue: components["schemas"]["Amount"];
      shareholdersSettled: components["schemas"]["Amount"];
      shareholdersClaimed: components["schemas"]["Amount"];
      shareholdersClaimable: components["schemas"]["Amount"];
    };
    /** @description An asset's place by income. */
    AssetRanked: {
      /** @description From 1. */
      rank: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description Of these fees, once everything is settled. */
      income: components["schemas"]["Amount"];
      /** @description What of it is settled; what was paid first counts as settled first. */
      settled: components["schemas"]["Amount"];
    };
    /** @description An organization's place by income. */
    OrganizationRanked: {
      /** @description From 1. */
      rank: number;
      organization: components["schemas"]["Organization"];
      /** @description Of these fees, once everything is settled. */
      income: components["schemas"]["Amount"];
      /** @description What of it is settled; what was paid first counts as settled first. */
      settled: components["schemas"]["Amount"];
    };
    /** @description An account's place by what it earns. */
    AccountRanked: {
      /** @description From 1. */
      rank: number;
      /** @description An account, by its address. */
      account: string;
      /** @description Of these fees, once everything is settled. */
      income: components["schemas"]["Amount"];
      /** @description What of it is settled; what was paid first counts as settled first. */
      settled: components["schemas"]["Amount"];
    };
    /** @description An account's place by the fees that it paid. */
    PayerRanked: {
      /** @description From 1. */
      rank: number;
      /** @description An account, by its address. */
      account: string;
      paid: components["schemas"]["Amount"];
      /** @description How many. */
      fees: number;
    };
    /** @description A release's place by what it receives. */
    ReleaseRanked: {
      /** @description From 1. */
      rank: number;
      /** @description A release, by its id. */
      release: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description Of these fees, whichever way it comes. */
      received: components["schemas"]["Amount"];
      /** @description What of it was paid into the release itself. */
      direct: components["schemas"]["Amount"];
    };
    /** @description How income is spread. One person may have many accounts and any name. */
    Concentration: {
      /** @description How many earn anything. */
      earners: number;
      /** @description Participation density: exp(−Σ p · ln p), with p the share of an earner in all income. */
      density: number;
      /** @description Herfindahl–Hirschman index: Σ p². */
      hhi: number;
      /** @description Nakamoto coefficient: how few earners have more than half of all income together. */
      nakamoto: number;
    };
    /** @description What part of paid value reached a final claimant within T. */
    Liquidity: {
      /** @description T, in seconds. */
      within: number;
      /** @description The shareholders' part of the fees that were paid at least T ago. */
      paid: components["schemas"]["Amount"];
      /** @description What of that was claimed within T. */
      claimed: components["schemas"]["Amount"];
      share: number | null;
    };
    /** @description Where all that was ever paid is. */
    TrappedValue: {
      /** @description All fees. */
      paid: components["schemas"]["Amount"];
      /** @description Claimed by shareholders. */
      claimed: components["schemas"]["Amount"];
      /** @description Swept for the commons. */
      swept: components["schemas"]["Amount"];
      /** @description Received by releases, but not settled. */
      unsettled: components["schemas"]["Amount"];
      /** @description Settled, but not claimed. */
      unclaimed: components["schemas"]["Amount"];
      /** @description The commons' part that is not swept. */
      unswept: components["schemas"]["Amount"];
      /** @description Settled, but passed to no one, less than a unit an edge. */
      fractionsOfReleases: components["schemas"]["Amount"];
      /** @description Income that is neither the commons' nor the shareholders'. */
      fractionsOfAssets: components["schemas"]["Amount"];
      /** @description Shareholders' income that is no single holder's yet. */
      fractionsOfHoldings: components["schemas"]["Amount"];
      /** @description Credit that was not withdrawn, wherever it came from; no part of the sum. */
      credit: components["schemas"]["Amount"];
    };
    /** @description Contributions that moved money. */
    MovedEdges: {
      /** @description All contributions that were ever recorded. */
      edges: number;
      /** @description Those over which money went, in this currency. */
      moved: number;
      share: number | null;
    };
    /** @description The health of the economy, in one currency. */
    EconomyHealth: {
      /** @description Over accounts. */
      accounts: components["schemas"]["Concentration"];
      /** @description Over organizations. */
      organizations: components["schemas"]["Concentration"];
      liquidity: components["schemas"]["Liquidity"];
      trapped: components["schemas"]["TrappedValue"];
      movedEdges: components["schemas"]["MovedEdges"];
    };
    /** @description What waits in a release. */
    TrappedRelease: {
      /** @description From 1. */
      rank: number;
      /** @description A release, by its id. */
      release: number;
      unsettled: components["schemas"]["Amount"];
    };
    /** @description An asset's income with and without a release. */
    IncomeChange: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description Of these fees, fully settled. */
      income: components["schemas"]["Amount"];
      /** @description What it would have been. */
      without: components["schemas"]["Amount"];
      /** @description without − income; may be negative. */
      difference: components["schemas"]["Amount"];
    };
    /** @description An asset's income in a part of time. */
    IncomeBucket: {
      /** @description Where the bucket begins, in seconds since 1970. */
      from: number;
      /** @description Commons included. */
      income: components["schemas"]["Amount"];
      /** @description The shareholders' part of it. */
      shareholders: components["schemas"]["Amount"];
    };
    TracePassed: {
      /** @description A release, by its id. */
      to: number;
      amount: components["schemas"]["Amount"];
    };
    /** @description What one release got of a fee. */
    TraceHop: {
      /** @description A release, by its id. */
      release: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      received: components["schemas"]["Amount"];
      /** @description For its own asset: the commons' part and the shareholders'. */
      kept: components["schemas"]["Amount"];
      passed: components["schemas"]["TracePassed"][];
    };
    /** @description What an asset is due of a fee once everything is settled. */
    TracedAsset: {
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      kept: components["schemas"]["Amount"];
      commons: components["schemas"]["Amount"];
      shareholders: components["schemas"]["Amount"];
    };
    /** @description Where one fee goes. */
    Trace: {
      fee: components["schemas"]["Fee"];
      /** @description How many releases it reaches. */
      hopCount: number;
      /** @description From the paid release to the oldest ancestor. */
      hops: components["schemas"]["TraceHop"][];
      /** @description How many assets keep something of it. */
      assetCount: number;
      /** @description Who is due what of this fee once everything is settled, the most first. */
      assets: components["schemas"]["TracedAsset"][];
      /** @description Fractions below a unit that this fee added to and that later fees complete. */
      pending: components["schemas"]["Amount"];
    };
    /** @description Money from one organization to another. */
    OrganizationFlow: {
      /** @description Whose release was paid. */
      from: components["schemas"]["Organization"];
      /** @description Whose assets earn of it. */
      to: components["schemas"]["Organization"];
      amount: components["schemas"]["Amount"];
    };
    /** @description Money between organizations. */
    OrganizationFlows: {
      /** @description The largest first. */
      flows: components["schemas"]["OrganizationFlow"][];
      /** @description How many other pairs there are. */
      restPairs: number;
      /** @description All the others together. */
      rest: components["schemas"]["Amount"];
      /** @description What these fees added to fractions below a unit. May be negative. */
      pending: components["schemas"]["Amount"];
      /** @description All of these fees. */
      paid: components["schemas"]["Amount"];
    };
    /** @description Fees from one payer into one release. */
    PayerToRelease: {
      payer: string | null;
      release: number | null;
      /** @description The name of the release's asset. */
      releaseName: string | null;
      amount: components["schemas"]["Amount"];
    };
    /** @description What an asset keeps of the fees into a release, commons included. */
    ReleaseToAsset: {
      release: number | null;
      /** @description The name of the release's asset. */
      releaseName: string | null;
      asset: number | null;
      /** @description The asset's name. */
      assetName: string | null;
      amount: components["schemas"]["Amount"];
    };
    /** @description What an account earns of what an asset keeps. */
    AssetToAccount: {
      asset: number | null;
      /** @description The asset's name. */
      assetName: string | null;
      account: string | null;
      amount: components["schemas"]["Amount"];
    };
    /** @description The commons' part of what an asset keeps. */
    AssetToCommons: {
      asset: number | null;
      /** @description The asset's name. */
      assetName: string | null;
      amount: components["schemas"]["Amount"];
    };
    /** @description Fees of a period, from who paid to who earns. */
    FeeFlows: {
      /** @description The largest first. */
      fees: components["schemas"]["PayerToRelease"][];
      /** @description The largest first. */
      kept: components["schemas"]["ReleaseToAsset"][];
      /** @description The largest first. */
      earned: components["schemas"]["AssetToAccount"][];
      /** @description The largest first. */
      commons: components["schemas"]["AssetToCommons"][];
      /** @description Of what assets keep what is neither the commons' nor any single holder's. May be negative. */
      fractions: components["schemas"]["Amount"];
      /** @description What these fees added to fractions below a unit. May be negative. */
      pending: components["schemas"]["Amount"];
      /** @description All of these fees. */
      paid: components["schemas"]["Amount"];
    };
    /** @description A transfer of a currency to an inlet. */
    InletPayment: {
      /** @description Who sent it, by the currency's own word. */
      from: string;
      amount: components["schemas"]["Amount"];
      blockNumber: string;
      /** @description Its place in the block. */
      logIndex: number;
      transactionHash: string;
    };
    /** @description Who paid into an inlet. */
    InletPayments: {
      /** @description In their order. */
      payments: components["schemas"]["InletPayment"][];
      /** @description The value of `from` for the rest; null if there is none. */
      nextFrom: string | null;
    };
    /** @description The two contracts. */
    Ledger: {
      registry: string;
      ledger: string;
      /** @description Who admits currencies. */
      admin: string;
      wrappedNative: string;
      /** @description The ERC-8004 registry that agents can be bound to; zero if there is none. */
      identityRegistry: string;
      commonsBeneficiary: string;
      /** @description Of all income: the commons' part. In parts per million. */
      commonsPpm: number;
      /** @description Assets. */
      assets: number;
      /** @description Releases. */
      releases: number;
      /** @description Contributions. */
      contributions: number;
      /** @description Fees. */
      fees: number;
      /** @description Claims. */
      claims: number;
      /** @description Accounts. */
      accounts: number;
    };
    /** @enum {string} */
    Direction: "up" | "down";
    /** @description A release of a lineage. */
    LineageNode: {
      /** @description A release, by its id. */
      release: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      kind: components["schemas"]["Kind"];
      /** @description The fewest edges between this release and the one that was asked about. */
      depth: number;
      /** @description All that arrives once everything is settled; null unless a currency is named. */
      received: components["schemas"]["Amount"] | null;
    };
    /** @description A contribution of a lineage. */
    LineageEdge: {
      /** @description A release, by its id. */
      from: number;
      /** @description An earlier release, that the first was built from. */
      to: number;
      /** @description Of all it receives: what the first passes on. In parts per million. */
      weightPpm: number;
      /** @description What the first passes on along it once everything is settled; null unless a currency is named. */
      passed: components["schemas"]["Amount"] | null;
    };
    /** @description What a release was built from, or what was built on it. */
    Lineage: {
      /** @description The release itself first, then by depth and id. */
      nodes: components["schemas"]["LineageNode"][];
      edges: components["schemas"]["LineageEdge"][];
      /** @description True if there is more beyond the depth or the number that was asked for. */
      truncated: boolean;
    };
    /** @description What part of a fee reaches an ancestor of the paid release. */
    EffectiveWeight: {
      /** @description A release, by its id. */
      release: number;
      /** @description An asset, by its id. */
      asset: number;
      /** @description The asset's name. */
      assetName: string | null;
      /** @description Of a fee, along all paths together: what reaches the release. */
      reachesPpm: number;
      /** @description Of a fee: what the release keeps for its asset. */
      keepsPpm: number;
      via: number | null;
    };
    CallArgument: {
      name: string;
      type: string;
      /** @description Lists and structures as JSON. */
      value: string;
    };
    /** @description A call of a contract of the deployment, as its ABI says. */
    DecodedCall: {
      /** @description The name of the contract in the deployment: ledger, registry or timelock. */
      contract: string;
      /** @description The function with the types of its parameters, such as `admit(address)`. */
      signature: string;
      arguments: components["schemas"]["CallArgument"][];
    };
    /** @description A call that was scheduled in the timelock. */
    GovernanceCall: {
      /** @description Of the event that scheduled it: `<block number>-<log index>`. */
      id: string;
      /** @description The operation's id in the timelock; calls that share one are executed together. */
      operation: string;
      /** @description The call's place in the operation. */
      index: string;
      target: string;
      /** @description Wei that go along, as a decimal string. */
      value: string;
      data: string;
      /** @description Null where the target is no contract of the deployment. */
      decoded: components["schemas"]["DecodedCall"] | null;
      /** @description The operation that must be executed before; null if none. */
      predecessor: string | null;
      /** @description Seconds from the scheduling on, as a decimal string. */
      delay: string;
      /** @description From when on it can be executed, in seconds since 1970, as a decimal string. */
      readyAt: string;
      /**
       * @description As of the answer's block: `ready` says that the delay is over, not that the predecessor is executed.
       * @enum {string}
       */
      state: "waiting" | "ready" | "executed" | "cancelled";
      scheduled: components["schemas"]["Position"];
      executed: components["schemas"]["Position"] | null;
      cancelled: components["schemas"]["Position"] | null;
    };
    /** @description The timelock that administers the ledger. */
    Governance: {
      timelock: string;
      /** @description The least delay of a call in seconds; null before it was set. */
      minDelay: string | null;
      /** @description Who may schedule calls. */
      proposers: string[];
      /** @description Who may cancel what was scheduled. */
      cancellers: string[];
      /** @description Who may execute what is ready. */
      executors: string[];
      /** @description Whether everybody may execute what is ready. */
      anyoneExecutes: boolean;
      /** @description Who may give and take these roles: the timelock itself, by a scheduled call, if all is well. */
      roleAdmins: string[];
      /** @description The newest 50; all by page at `/governance/calls`. */
      calls: components["schemas"]["GovernanceCall"][];
      /** @description How many calls are waiting. */
      waiting: number;
      /** @description How many calls can be executed. */
      ready: number;
    };
    /** @description An inlet that was deployed: what is sent there becomes a release's fee. */
    InletSummary: {
      /** @description The inlet's address. */
      inlet: string;
      /** @description The release that it pays. */
      release: number;
      /** @description The asset's name. */
      assetName: string | null;
      opened: components["schemas"]["Position"];
    };
    /** @description Balances as a node of the chain told them when it was asked: no part of the index, and of no block. */
    ObservedBalances: {
      /**
       * Format: date-time
       * @description When the chain's node was asked.
       */
      at: string;
      /** @description In the admitted currencies, without those in which nothing lies there. */
      currencies: components["schemas"]["Amount"][];
      /** @description Native money in wei, as a decimal string. */
      native: string;
    };
    InletSynced: {
      amount: components["schemas"]["Amount"];
      /** @description How many fees that was. */
      fees: number;
    };
    /** @description An inlet, what it paid, and what lies there. */
    Inlet: {
      /** @description The inlet's address. */
      inlet: string;
      /** @description The release that it pays. */
      release: number;
      /** @description The asset's name. */
      assetName: string | null;
      opened: components["schemas"]["Position"];
      /** @description What became fees of the release, by currency. */
      synced: components["schemas"]["InletSynced"][];
      /** @description What lies there and is no fee yet; null where no node can be asked. */
      observed: components["schemas"]["ObservedBalances"] | null;
    };
    /**
     * @description The kind of refusal, which stays the same while titles and details may be reworded:
     *
     *     - `malformed-parameter` (400): A parameter is missing, unknown, named twice or of the wrong form. Correct the parameters that the detail names; `/openapi.json` describes each.
     *     - `conflicting-parameters` (400): Parameters that are valid by themselves contradict each other. Leave out or change one of those that the detail names.
     *     - `forwards-only` (400): GraphQL's `last` or `before` was given for a list that has pages in one direction only. Ask with `first` and `after`.
     *     - `malformed-request` (400): The address or the body of the request cannot be read. Correct the percent-encoding of the address or the JSON of the body.
     *     - `graphql-malformed` (400): The GraphQL query or its variables cannot be read, are longer than 4,000 tokens, or do not fit the schema. Correct the query at the place that `locations` names; introspection gives the schema.
     *     - `graphql-too-costly` (400): The GraphQL query is too deep, has too many fields, or may resolve too many with its pages multiplied. Ask for smaller pages or fewer fields, in several queries.
     *     - `unknown-currency` (400): The ledger has not admitted this currency. Name one of those that `/v1/currencies` lists.
     *     - `unknown-cursor` (400): No item of this list has the cursor that `after` or `before` names. Use `next` of the page before, of the same list and order, or begin at the first page.
     *     - `block-not-indexed` (400): The block is newer than the newest indexed one, or does not exist. Name an earlier block, or wait until `/health` shows this one.
     *     - `block-before-deployment` (400): The contracts did not exist yet as of this block. Name the block of the deployment, which the detail names, or a later one.
     *     - `unknown-page` (404): No question has this address and method. Choose one of those that `GET /` lists.
     *     - `unknown-asset` (404): No asset has this id as of the block. Find the id in `/v1/assets`; it is that of the asset's first release.
     *     - `unknown-release` (404): No release has this id as of the block. Ids run from 1 without gaps; the detail names the last.
     *     - `unknown-fee` (404): No fee has this id as of the block. Find the id in `/v1/fees`; a reorg can take a fee back that is not final.
     *     - `unknown-inlet` (404): No inlet was opened at this address as of the block. Find the address in `/v1/inlets`; one that was not opened yet is told by the contract's `inletOf`.
     *     - `book-absent` (404): The deployment's file names no contract that this question is about. Ask a service whose deployment has that contract.
     *     - `precondition-failed` (412): A file of the explorer is not as `If-Match` or `If-Unmodified-Since` asks. Ask for the file without that header.
     *     - `body-too-large` (413): The body of the request is larger than 64 KiB. Send less: a shorter query, or several.
     *     - `address-too-long` (414): A part of the address's path is longer than 200 characters. Correct that part; no id is so long.
     *     - `unsupported-media-type` (415): The body of the request is of a type that is not read here. Send JSON, with `Content-Type: application/json`.
     *     - `range-not-satisfiable` (416): A file of the explorer is shorter than `Range` asks. Ask for the file without that header.
     *     - `internal-fault` (500): A fault of the indexer prevented an answer. Report it with the time and the address; the indexer's log has the reason.
     *     - `node-not-asked` (501): The answer is read from a node of the chain, and this service has none. Ask a service that was started with `--rpc`.
     *     - `no-block-yet` (503): The indexer has just been started and has not indexed any block. Ask again in a moment.
     *     - `block-not-ready` (503): The state as of this earlier block is still being computed. Ask again in a moment for the same block; the computation goes on.
     *     - `book-incomplete` (503): A set of tables that is new to this store is still being read from the chain. Ask again later; questions about other contracts are answered meanwhile.
     *     - `too-busy` (503): Too many long questions, or too many listeners to events, are being served. Ask again later, or ask another process of the same service.
     *     - `takes-too-long` (503): The answer was not ready within the time that a question may take. Ask for less: a smaller depth or page, or a shorter period.
     *     - `request-aborted` (503): The caller closed the connection, or the service was stopped, before the answer was ready. Ask again if the answer is still wanted.
     *     - `store-away` (503): The answer takes the store, and the store's database does not answer at the moment. Ask again later, or as of the newest block, which takes no store.
     *     - `node-away` (503): The answer is read from a node of the chain, and no node gave a usable one. Ask again later, or for fewer blocks.
     *     - `indexer-failed` (503): The indexer met something that it cannot continue after, and serves nothing any more. Ask another process; the operator finds the reason in the log.
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
    /** @description A refusal and its reason, in the form of RFC 9457. */
    Problem: {
      /** @constant */
      type: "about:blank";
      code: components["schemas"]["ProblemCode"];
      title: string;
      status: number;
      /** @description The reason for this very request. */
      detail: string;
    };
    /** @description A GraphQL response. `extensions.block` is the block; `extensions.code` of an error is its kind. */
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
    /** @description Whether the indexer keeps up. */
    Health: {
      /** @enum {string} */
      status: "ready" | "syncing" | "failed";
      chainId: number;
      registry: string;
      ledger: string;
      /** @description What stands around the ledger, as the deployment's file says; null if it names none. */
      periphery: {
        inlets: string;
        signedPayments: string;
        preview: string;
      } | null;
      block: components["schemas"]["Block"] | null;
      /** @description The chain's newest block as far as is known. */
      head: string | null;
      /**
       * @description Who told so: a node of the chain; or only the store that another process writes, so that nobody here knows whether that one keeps up.
       * @enum {string}
       */
      headFrom: "chain" | "store";
      /** @description May be above the indexed block, while that is far behind; null before any is known to be final. */
      final: components["schemas"]["FinalBlock"] | null;
      /** @description When the chain's node last answered. */
      lastContact: string | null;
      /** @description Why the last request to it failed, until it answers again. */
      lastError: string | null;
      /** @description The last comparison with the contracts since the start. */
      verification: {
        block: components["schemas"]["Block"];
        /** @description How many answers of the contracts were compared with what is indexed. */
        compared: number;
        /** @description How many logs of the chain were compared with the journal. */
        logs: number;
        /** @description How many of both differ. */
        differing: number;
        /** @description How many logs of the journal the node did not give; by itself that is no difference. */
        withheld: number;
        /** @description Not all were compared. */
        sampled: boolean;
        /** Format: date-time */
        at: string;
      } | null;
    };
    /** @description Whether requests should be sent here. */
    Readiness: {
      ready: boolean;
      chains: {
        chainId: number;
        ready: boolean;
        /** @description How many blocks; null while that is unknown, as it is where no node of the chain is asked. */
        behind: string | null;
        /** @description How many seconds ago the newest indexed block was made; null before the first. */
        age: number | null;
      }[];
    };
    /** @description It answers. */
    Liveness: {
      /** @constant */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
            data: components["schemas"]["Currency"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What the contracts were created with, and how much they hold */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description Who got shares of an asset at its registration, and what for */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Allocation"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: id. */
        orderBy?: "id";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description The releases of an asset by ascending id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["ReleaseSummary"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only assets whose name or organization contains this text, in upper or lower case. */
        search?: string;
        /** @description Only assets of this organization, in upper or lower case. */
        organization?: string;
        /** @description Only assets that this account administers. */
        owner?: string;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: id. */
        orderBy?: "id" | "name";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Assets, and search by name and organization */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["AssetSummary"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
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
      /** @description An asset, its shareholders and income */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: shares. */
        orderBy?: "shares" | "acquired";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description Who holds shares of an asset */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Shareholder"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: id. */
        orderBy?: "id";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description The releases that name a release, by id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["ReleaseSummary"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many edges away to go at most. */
        depth?: number;
        /** @description The currency in which to say what flowed. */
        currency?: string;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
            data: components["schemas"]["LineageEdge"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many edges away to go at most. */
        depth?: number;
        /** @description The currency in which to say what flowed. */
        currency?: string;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description The releases of a lineage: the release itself first, then by depth and id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["LineageNode"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many edges away to go at most. */
        depth?: number;
        /** @description How many releases at most, 1 to 500. */
        most?: number;
        /** @description The currency in which to say what flowed. */
        currency?: string;
        /** @description Ask as of this block rather than the newest. */
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
      /** @description What a release was built from, or what was built on it */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
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
      /** @description A release, what it was built from and what it received */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description The id of an asset. */
        asset?: number;
        /** @description Only releases whose label contains this text, in upper or lower case. */
        label?: string;
        /** @description Only releases that are retired, or that are not. */
        retired?: boolean;
        /** @description Only releases that one builds on by grant, or openly. */
        byGrant?: boolean;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: id. */
        orderBy?: "id";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Releases by id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["ReleaseSummary"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: keeps. */
        orderBy?: "keeps" | "release";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description The effective weight of each ancestor */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["EffectiveWeight"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only claims for this account. */
        account?: string;
        /** @description Only in this currency. */
        currency?: string;
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: claimed. */
        orderBy?: "claimed" | "amount";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
            data: components["schemas"]["Claim"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only fees of this payer. */
        payer?: string;
        /** @description Only in this currency. */
        currency?: string;
        /** @description The 32 bytes that tie the fee to a request off chain. */
        reference?: string;
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: paid. */
        orderBy?: "paid" | "amount";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
            data: components["schemas"]["Fee"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
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
      /** @description A fee */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
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
      /** @description Where one fee goes, hop by hop, to the unit */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description What each asset is due of a fee, the most first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["TracedAsset"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description The hops of a fee, from the paid release to the oldest ancestor */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["TraceHop"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What an account got at registrations, and what for */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["AccountAllocation"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every account that the events name, in the order of appearance */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["AccountListed"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: asset. */
        orderBy?: "asset" | "shares";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The assets that an account holds shares of, by id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Holding"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What to settle and to claim so that an account gets all that it is owed */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The assets to claim for, by id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["ToClaim"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The releases to settle for an account, in this order */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["ToSettle"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only in this currency. */
        currency?: string;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The lines of a statement, by currency and asset that the account ever held shares of */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["StatementLine"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What an account holds, earned and can claim */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description The block at whose end the period begins. */
        sinceBlock: number;
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What an account earned over a period, to the unit */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description An account, in upper or lower case. */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description From whom, along which path and why an account earns, fee by fee */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["Earning"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description What of a fee is settled, claimable and claimed by now, by asset */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["AssetProgress"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
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
      /** @description What of a fee each release has passed on by now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["HopProgress"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accounts by what they earn, the most first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["AccountRanked"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Assets by income, the most first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["AssetRanked"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description T: seconds from the payment to the claim. Default: 604,800, a week. */
        within?: number;
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The health of the economy: concentration, liquidity, trapped value, edges that moved money */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Organizations by the income of their assets, the most first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["OrganizationRanked"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accounts by the fees that they paid, the most first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["PayerRanked"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Releases by what they receive, the most first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["ReleaseRanked"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Length of a bucket in seconds. Default: 86,400, a day. */
        bucket?: number;
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of an asset. */
        asset: number;
        /** @description A currency. */
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
            data: components["schemas"]["IncomeBucket"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The releases in which the most is unsettled */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["TrappedRelease"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path: {
        /** @description The id of a release. */
        release: number;
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who would have earned what had a release not existed, its weight staying with whoever named it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["IncomeChange"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many pairs at most, 1 to 500. Default: 100. */
        most?: number;
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Money between organizations */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only from this time on, in seconds since 1970. */
        since?: number;
        /** @description Only up to this time, in seconds since 1970. */
        until?: number;
        /** @description How many of each column to name, 1 to 50. Default: 12. */
        most?: number;
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description A currency. */
        currency: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Fees of a period, from who paid to who earns */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description A currency. */
        currency: string;
        /** @description Only transfers in this block or later. */
        from?: number;
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The inlet: the payer of its fees. */
        inlet: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who paid into an inlet */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description The id of a release. */
        release?: number;
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: default. */
        orderBy?: "default";
        /** @description Ascending or descending. Default: asc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The inlets that were opened */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["InletSummary"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path: {
        /** @description The inlet's address, once it was opened. */
        inlet: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An inlet: the release that it pays, what it paid, and what lies there */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Ask as of this block rather than the newest. */
        block?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The timelock that administers the ledger: who may do what in it, and what was scheduled */
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
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        state?: "waiting" | "ready" | "executed" | "cancelled";
        /** @description How many to answer at most, 1 to 500. Default: 50. */
        limit?: number;
        /** @description Answer what comes after this: `next` of the page before, or the id of an item. */
        after?: string;
        /** @description The order of the items. Default: scheduled. */
        orderBy?: "scheduled";
        /** @description Ascending or descending. Default: desc. */
        orderDirection?: "asc" | "desc";
        /** @description Ask as of this block rather than the newest. */
        block?: number;
        /** @description Comma-separated values instead, as with `Accept: text/csv`. */
        format?: "json" | "csv";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The calls that were scheduled in the timelock */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            block: components["schemas"]["Block"];
            data: components["schemas"]["GovernanceCall"][];
            /** @description The value of `after` for the next page, or null at the end. */
            next: string | null;
          };
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        /** @description Only events of these types, separated by commas: block, reorg, fee, settlement, claim. */
        types?: string;
      };
      header?: {
        /** @description The id of the last event that was read; its block number alone will do. */
        "last-event-id"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/event-stream": string;
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
        query: string;
        /** @description As JSON. */
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
      /** @description Refused, with the reason. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GraphqlAnswer"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
      /** @description Refused, with the reason. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GraphqlAnswer"];
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Refused, with the reason. */
      "4XX": {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Not answered, with the reason. */
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
