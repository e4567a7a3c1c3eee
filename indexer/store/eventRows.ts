import type { ContractEvent } from "../contracts.ts";
import { parseMetadata, plainText } from "../ledger/parseMetadata.ts";
import { WHOLE_PPM } from "../ledger/split.ts";
import { KINDS, ROLES } from "../ledger/words.ts";

/** The tables that hold the decoded events, and their columns after `block_number` and `log_index`. */
export const EVENT_TABLES = {
  currencies: ["currency", "symbol", "decimals"],
  ledger_creations: ["registry", "admin", "wrapped_native", "commons_beneficiary", "commons_ppm"],
  assets: ["asset", "registrant", "kind", "keep_ppm", "name", "organization", "metadata"],
  metadata_changes: ["asset", "name", "organization", "metadata"],
  asset_transfers: ["asset", "sender", "recipient"],
  identity_bindings: ["asset", "identity"],
  releases: ["release", "asset", "own_weight_ppm", "floor_ppm", "by_grant", "label", "digest", "uri"],
  contributions: ["release", "built_from", "weight_ppm"],
  retirements: ["release", "retired"],
  grants: ["release", "account", "asset", "granted"],
  spent_grants: ["release", "digest"],
  fees: ["release", "currency", "payer", "amount", "reference", "source"],
  settlements: ["position", "release", "currency"],
  claims: ["account", "currency", "recipient", "amount", "assets"],
  commons_sweeps: ["currency", "amount", "assets"],
  deposits: ["account", "currency", "source", "amount"],
  withdrawals: ["account", "currency", "recipient", "amount"],
  share_allocations: ["asset", "account", "role", "shares"],
  share_transfers: ["position", "asset", "sender", "recipient", "shares"],
} as const;

export type EventTable = keyof typeof EVENT_TABLES;

export type Field = string | number | bigint | boolean | undefined | readonly number[];

/** Takes one row: the fields in the order of {@link EVENT_TABLES}. */
export type AddRow = (table: EventTable, ...fields: Field[]) => void;

/** Says what an event adds to the tables, where its addresses are in lower case already. Approvals and hints to marketplaces add nothing. */
export function eventRows(event: ContractEvent, add: AddRow): void {
  if (event.contract === "registry") registryRows(event, add);
  else ledgerRows(event, add);
}

function registryRows(event: Extract<ContractEvent, { contract: "registry" }>, add: AddRow): void {
  switch (event.eventName) {
    case "AssetRegistered": {
      const { asset, registrant, kind, keep, metadata } = event.args;
      const { name, organization, metadata: text } = parseMetadata(metadata);
      return add("assets", asset, registrant, KINDS[kind] ?? kind, keep, name, organization, text);
    }
    case "MetadataChanged": {
      const { name, organization, metadata } = parseMetadata(event.args.metadata);
      return add("metadata_changes", event.args.asset, name, organization, metadata);
    }
    case "ReleasePublished": {
      const { release, asset, edges, floor, byGrant, label, digest, uri } = event.args;
      let ownWeight = WHOLE_PPM;
      for (const edge of edges) {
        const weight = Number(edge & 0xffffffn);
        ownWeight -= weight;
        add("contributions", release, edge >> 24n, weight);
      }
      return add("releases", release, asset, ownWeight, floor, byGrant, plainText(label), digest, plainText(uri));
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

function ledgerRows(event: Extract<ContractEvent, { contract: "ledger" }>, add: AddRow): void {
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
