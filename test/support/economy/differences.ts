import { claimableNow } from "../../../indexer/graph/settled/projectedBooks.ts";
import { creditOf, flowOf, holdingOf, incomeOf, type LedgerState, sharesOf } from "../../../indexer/ledger/state.ts";
import { everHeld } from "./holders.ts";
import type { ChainReader } from "./chainReader.ts";

/** Compares the whole folded state with the contracts. Returns the number of compared values and the differences. */
export async function differences(state: LedgerState, chain: ChainReader) {
  const differing: string[] = [];
  let compared = 0;
  const compare = async (what: string, ours: string | bigint, theirs: Promise<string | bigint>) => {
    compared++;
    const said = String(await theirs);
    if (said !== String(ours)) differing.push(`${what}: indexed ${ours}, on chain ${said}`);
  };

  const checks: Promise<void>[] = [];
  for (const release of state.releases.values()) {
    const { id, asset, ownWeightPpm, floorPpm, byGrant, retired, contributions } = release;
    const edges = contributions.map((edge) => `${edge.release}@${edge.weightPpm}`).join();
    const onChain = chain.release(id).then((info) => {
      const named = info.contributions.map((edge) => `${edge.release}@${edge.weight}`).join();
      return [info.asset, info.ownWeight, info.floor, info.byGrant, info.retired, named].join();
    });
    checks.push(compare(`release ${id}`, [asset, ownWeightPpm, floorPpm, byGrant, retired, edges].join(), onChain));
  }
  for (const currency of state.currencies.keys()) {
    for (const id of state.releases.keys()) {
      const { received, settled } = flowOf(state, id, currency);
      checks.push(compare(`flow of release ${id}`, `${received},${settled}`, chain.flow(id, currency)));
    }
    for (const id of state.assets.keys()) {
      const { income, commonsSwept } = incomeOf(state, id, currency);
      checks.push(compare(`income of asset ${id}`, `${income},${commonsSwept}`, chain.income(id, currency)));
    }
    for (const [account, assets] of everHeld(state)) {
      for (const asset of assets) {
        const { mark, accrued } = holdingOf(state, account, asset, currency);
        const holding = chain.holding(account, asset, currency);
        checks.push(compare(`holding of ${account} in ${asset}`, `${mark},${accrued}`, holding));
        const claimable = chain.claimable(account, [asset], currency);
        checks.push(
          compare(`claimable of ${account} in ${asset}`, claimableNow(state, account, asset, currency), claimable),
        );
      }
    }
    for (const account of state.accounts.addresses.values) {
      const credit = chain.credit(account, currency);
      checks.push(compare(`credit of ${account}`, creditOf(state, account, currency), credit));
    }
  }
  for (const [account, assets] of everHeld(state)) {
    for (const asset of assets) {
      checks.push(compare(`shares of ${account}`, sharesOf(state, account, asset), chain.shares(account, asset)));
    }
  }
  await Promise.all(checks);
  return { compared, differing };
}
