import type { Address } from "viem";
import { settleFully } from "../ledger/entitlements.ts";
import {
  type Asset,
  type Fee,
  flowOf,
  incomeOf,
  type LedgerState,
  type Position,
  type Release,
  shareholdersOf,
} from "../ledger/state.ts";

/** How the state's parts look in answers: amounts and block numbers as decimal strings, with their currency. */
export function presenter(state: LedgerState) {
  const amount = (base: bigint, address: Address) => {
    const currency = state.currencies.get(address) ?? { address, symbol: "", decimals: 0 };
    return { amount: String(base), currency };
  };
  const assetName = (asset: number) => state.assets.nameOf(asset) ?? null;
  const position = (at: Position) => ({ ...at, blockNumber: String(at.blockNumber) });
  const currencies = () => [...state.currencies.values()];

  const assetSummary = (asset: Asset) => ({
    id: asset.id,
    name: asset.name ?? null,
    organization: asset.organization ?? null,
    kind: asset.kind,
    owner: asset.owner,
    releases: asset.releases,
  });

  const releaseSummary = (release: Release) => ({
    id: release.id,
    asset: release.asset,
    assetName: assetName(release.asset),
    label: release.label,
    digest: release.digest,
    uri: release.uri,
    ownWeightPpm: release.ownWeightPpm,
    floorPpm: release.floorPpm,
    byGrant: release.byGrant,
    retired: release.retired,
    contributions: release.contributions,
    published: position(release.published),
  });

  return {
    amount,
    assetName,
    assetSummary,
    releaseSummary,
    asset: (asset: Asset) => ({
      ...assetSummary(asset),
      keepPpm: asset.keepPpm,
      registrant: asset.registrant,
      metadata: asset.metadata,
      registered: position(asset.registered),
      allocations: state.assets.allocationsOf(asset.id).map(({ account, role, shares }) => ({
        account,
        role,
        shares: String(shares),
      })),
      shareholders: shareholdersOf(state, asset.id).map(({ account, shares }) => ({
        account,
        shares: String(shares),
      })),
      income: currencies().map(({ address }) => ({
        settled: amount(incomeOf(state, asset.id, address).income, address),
        afterSettling: amount(settleFully(state, address).income.get(state.assets.rowOf(asset.id) ?? -1), address),
      })),
    }),
    release: (release: Release) => ({
      ...releaseSummary(release),
      builtBy: state.releases.builtBy(release.id),
      flows: currencies().map(({ address }) => {
        const { received, settled, direct } = flowOf(state, release.id, address);
        return {
          received: amount(received, address),
          settled: amount(settled, address),
          direct: amount(direct, address),
        };
      }),
    }),
    fee: (fee: Fee) => ({
      id: fee.id,
      release: fee.release,
      assetName: assetName(state.releases.asset.get(fee.release - 1)),
      payer: fee.payer,
      amount: amount(fee.amount, fee.currency),
      reference: fee.reference,
      source: fee.source,
      fromCredit: fee.source === state.ledger,
      paid: position(fee.paid),
    }),
  };
}
