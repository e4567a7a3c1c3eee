import type { LedgerEvent } from "#protocol/events.ts";
import { plainText, replaceUnsafe } from "#protocol/texts/plainText.ts";
import { parseMetadata } from "../../ledger/parseMetadata.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { KINDS, ROLES } from "#protocol/kinds.ts";
import type { Field } from "../../store/copyRows.ts";
import type { TableColumns } from "../fold.ts";

/** The tables of the registry's and the ledger's events. */
export const LEDGER_TABLES = {
  currencies: { currency: "text", symbol: "text", decimals: "smallint" },
  ledger_creations: {
    registry: "text",
    admin: "text",
    wrapped_native: "text",
    commons_beneficiary: "text",
    commons_ppm: "integer",
  },
  assets: {
    asset: "bigint",
    registrant: "text",
    kind: "text",
    keep_ppm: "integer",
    name: "text",
    organization: "text",
    metadata: "text",
    metadata_bytes: "text",
  },
  metadata_changes: {
    asset: "bigint",
    name: "text",
    organization: "text",
    metadata: "text",
    metadata_bytes: "text",
  },
  asset_transfers: { asset: "bigint", sender: "text", recipient: "text" },
  identity_bindings: { asset: "bigint", identity: "numeric" },
  releases: {
    release: "bigint",
    asset: "bigint",
    own_weight_ppm: "integer",
    floor_ppm: "integer",
    by_grant: "boolean",
    label: "text",
    digest: "text",
    uri: "text",
  },
  contributions: { release: "bigint", built_from: "bigint", weight_ppm: "integer" },
  retirements: { release: "bigint", retired: "boolean" },
  grants: { release: "bigint", account: "text", asset: "bigint", granted: "boolean" },
  spent_grants: { release: "bigint", digest: "text" },
  fees: { release: "bigint", currency: "text", payer: "text", amount: "numeric", reference: "text", source: "text" },
  settlements: { position: "integer", release: "bigint", currency: "text" },
  claims: { account: "text", currency: "text", recipient: "text", amount: "numeric", assets: "bigint[]" },
  commons_sweeps: { currency: "text", amount: "numeric", assets: "bigint[]" },
  deposits: { account: "text", currency: "text", source: "text", amount: "numeric" },
  withdrawals: { account: "text", currency: "text", recipient: "text", amount: "numeric" },
  share_allocations: { asset: "bigint", account: "text", role: "text", shares: "numeric" },
  share_transfers: { position: "integer", asset: "numeric", sender: "text", recipient: "text", shares: "numeric" },
} as const satisfies Record<string, TableColumns>;

type AddLedgerRow = (table: keyof typeof LEDGER_TABLES, ...fields: Field[]) => void;

/**
 * Adds the rows of an event. Its addresses must be in lower case. Approvals and metadata hints to marketplaces have no
 * rows.
 */
export function addLedgerRows(event: LedgerEvent, add: AddLedgerRow): void {
  if (event.contract === "registry") registryRows(event, add);
  else ledgerRows(event, add);
}

function registryRows(event: Extract<LedgerEvent, { contract: "registry" }>, add: AddLedgerRow): void {
  switch (event.eventName) {
    case "AssetRegistered": {
      const { asset, registrant, kind, keep, metadata } = event.args;
      const { name, organization, metadata: text, metadataBytes } = parseMetadata(metadata);
      return add("assets", asset, registrant, KINDS[kind] ?? kind, keep, name, organization, text, metadataBytes);
    }
    case "MetadataChanged": {
      const { name, organization, metadata, metadataBytes } = parseMetadata(event.args.metadata);
      return add("metadata_changes", event.args.asset, name, organization, metadata, metadataBytes);
    }
    case "ReleasePublished": {
      const { release, asset, edges, floor, byGrant, label, digest, uri } = event.args;
      let ownWeight = WHOLE_PPM;
      for (const edge of edges) {
        const weight = Number(edge & 0xffffffn);
        ownWeight -= weight;
        add("contributions", release, edge >> 24n, weight);
      }
      return add(
        "releases",
        release,
        asset,
        ownWeight,
        floor,
        byGrant,
        plainText(label),
        digest,
        replaceUnsafe(uri, ""),
      );
    }
    case "Transfer":
      return add("asset_transfers", event.args.tokenId, event.args.from, event.args.to);
    case "AccountGrantSet":
      return add("grants", event.args.release, event.args.account, undefined, event.args.granted);
    case "AssetGrantSet":
      return add("grants", event.args.release, undefined, event.args.asset, event.args.granted);
    case "GrantSpent":
      return add("spent_grants", event.args.release, event.args.digest);
    case "IdentityBound":
      return add("identity_bindings", event.args.asset, event.args.identity);
    default:
      return;
  }
}

function ledgerRows(event: Extract<LedgerEvent, { contract: "ledger" }>, add: AddLedgerRow): void {
  switch (event.eventName) {
    case "LedgerCreated": {
      const { registry, admin, wrappedNative, commonsBeneficiary, commonsPpm } = event.args;
      return add("ledger_creations", registry, admin, wrappedNative, commonsBeneficiary, commonsPpm);
    }
    case "CurrencyAdmitted": {
      const { currency, symbol, decimals } = event.args;
      return add("currencies", currency, plainText(symbol), decimals);
    }
    case "RetiredSet":
      return add("retirements", event.args.release, event.args.retired);
    case "SharesAllocated": {
      const { asset, account, role, shares } = event.args;
      return add("share_allocations", asset, account, ROLES[role] ?? role, shares);
    }
    case "FeePaid": {
      const { release, currency, payer, amount, ref, source } = event.args;
      return add("fees", release, currency, payer, amount, ref, source);
    }
    case "Settled": {
      const currency = event.args.currency;
      return event.args.releases.forEach((release, position) => add("settlements", position, release, currency));
    }
    case "Claimed": {
      const { account, currency, to, amount, assets } = event.args;
      return add("claims", account, currency, to, amount, assets);
    }
    case "ClaimedToCredit": {
      const { account, currency, amount, assets } = event.args;
      return add("claims", account, currency, undefined, amount, assets);
    }
    case "CommonsSwept":
      return add("commons_sweeps", event.args.currency, event.args.amount, event.args.assets);
    case "Deposited": {
      const { account, currency, from, amount } = event.args;
      return add("deposits", account, currency, from, amount);
    }
    case "Withdrawn": {
      const { account, currency, to, amount } = event.args;
      return add("withdrawals", account, currency, to, amount);
    }
    case "TransferSingle": {
      const { id, from, to, value } = event.args;
      return add("share_transfers", 0, id, from, to, value);
    }
    case "TransferBatch": {
      const { ids, from, to, values } = event.args;
      return ids.forEach((id, position) => add("share_transfers", position, id, from, to, values[position]));
    }
    default:
      return;
  }
}
