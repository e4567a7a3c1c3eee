import { type Address, zeroAddress } from "viem";
import type { ContractEvent } from "../contracts.ts";
import { parseMetadata, plainText } from "./parseMetadata.ts";
import { inheritedFloorUp, portionBetween, portionDown, TOTAL_SHARES, WHOLE_PPM } from "./split.ts";
import {
  creditOf,
  flowKey,
  holdingKey,
  incomeOf,
  KINDS,
  type Holding,
  type LedgerState,
  type Position,
  ROLES,
  sharesOf,
} from "./state.ts";

/** The contracts said something that their own rules do not allow: the fold, the contracts or the log is wrong. */
export class LedgerContradiction extends Error {
  override name = "LedgerContradiction";
}

/**
 * Advances the ledger's state by one event, in place. Pure otherwise: no clock, no input or output, the same state for
 * the same events. It computes every amount by itself and compares it with the contracts' word where they give one.
 *
 * @throws {LedgerContradiction} where the two differ.
 */
export function applyEvent(state: LedgerState, event: ContractEvent, position: Position): void {
  if (event.contract === "registry") applyRegistryEvent(state, event, position);
  else applyLedgerEvent(state, event, position);
}

function applyRegistryEvent(
  state: LedgerState,
  event: Extract<ContractEvent, { contract: "registry" }>,
  position: Position,
): void {
  switch (event.eventName) {
    case "AssetRegistered": {
      const { asset: id, registrant, kind, keep, metadata } = event.args;
      state.assets.set(id, {
        id,
        kind: required(KINDS[kind], `kind ${kind}`),
        keepPpm: keep,
        owner: zeroAddress, // until the token's first transfer, which follows
        registrant: lower(registrant),
        ...parseMetadata(metadata),
        releases: [],
        registered: position,
      });
      return;
    }
    case "ReleasePublished": {
      const { release: id, asset, edges, floor, byGrant, label, digest, uri } = event.args;
      expect(id === state.releases.size + 1, `release ${id} published after ${state.releases.size} releases`);
      const contributions = edges.map((edge) => ({
        release: Number(edge >> 24n),
        weightPpm: Number(edge & 0xffffffn),
      }));
      let previous = 0;
      let inherited = 0;
      let sum = 0;
      for (const { release: parentId, weightPpm } of contributions) {
        const parent = required(state.releases.get(parentId), `release ${id} names unknown release ${parentId}`);
        expect(parentId > previous, `the contributions of release ${id} do not ascend`);
        expect(weightPpm >= Math.max(1, parent.floorPpm), `release ${id} passes ${parentId} less than its floor`);
        expect(!parent.retired, `release ${id} names retired release ${parentId}`);
        parent.builtBy.push(id);
        inherited = Math.max(inherited, inheritedFloorUp(parent.floorPpm, weightPpm));
        previous = parentId;
        sum += weightPpm;
      }
      const owner = required(state.assets.get(asset), `release ${id} of unknown asset ${asset}`);
      expect(floor >= inherited, `the floor of release ${id} is below what it inherits`);
      expect(WHOLE_PPM - sum >= owner.keepPpm, `release ${id} keeps less than its asset promised`);
      owner.releases.push(id);
      state.releases.set(id, {
        id,
        asset,
        label: plainText(label),
        digest,
        uri: plainText(uri),
        ownWeightPpm: WHOLE_PPM - sum,
        floorPpm: floor,
        byGrant,
        retired: false,
        contributions,
        builtBy: [],
        published: position,
      });
      return;
    }
    case "Transfer": {
      const { tokenId, to } = event.args;
      required(state.assets.get(Number(tokenId)), `transfer of unknown asset ${tokenId}`).owner = lower(to);
      return;
    }
    case "MetadataChanged": {
      const { asset, metadata } = event.args;
      const changed = required(state.assets.get(asset), `metadata of unknown asset ${asset}`);
      Object.assign(changed, parseMetadata(metadata));
      return;
    }
    case "AccountGrantSet":
      return setMember(state.grants, `${event.args.release}:${lower(event.args.account)}`, event.args.granted);
    case "AssetGrantSet":
      return setMember(state.grants, `${event.args.release}:${event.args.asset}`, event.args.granted);
    case "RegistryCreated":
      state.identityRegistry = lower(event.args.identityRegistry);
      return;
    case "GrantSpent":
      state.spentGrants.add(event.args.digest);
      return;
    case "IdentityBound":
      state.identities.set(event.args.asset, event.args.identity);
      return;
    default:
      // Approvals to move assets and the marketplaces' metadata hints say nothing about the graph or the money.
      return;
  }
}

function applyLedgerEvent(
  state: LedgerState,
  event: Extract<ContractEvent, { contract: "ledger" }>,
  position: Position,
): void {
  switch (event.eventName) {
    case "LedgerCreated": {
      const { registry, admin, wrappedNative, commonsBeneficiary, commonsPpm } = event.args;
      state.commons = { beneficiary: lower(commonsBeneficiary), ppm: commonsPpm };
      Object.assign(state, { registry: lower(registry), admin: lower(admin), wrappedNative: lower(wrappedNative) });
      return;
    }
    case "CurrencyAdmitted": {
      const address = lower(event.args.currency);
      state.currencies.set(address, { address, symbol: event.args.symbol, decimals: event.args.decimals });
      return;
    }
    case "RetiredSet":
      required(state.releases.get(event.args.release), `unknown release ${event.args.release}`).retired =
        event.args.retired;
      return;
    case "SharesAllocated": {
      const { asset, account, role, shares } = event.args;
      const allocation = { account: lower(account), role: required(ROLES[role], `role ${role}`), shares };
      entry(state.allocations, asset, () => []).push(allocation);
      return;
    }
    case "FeePaid": {
      const { release, amount, ref } = event.args;
      const [currency, payer, source] = [lower(event.args.currency), lower(event.args.payer), lower(event.args.source)];
      expect(state.releases.has(release), `a fee into unknown release ${release}`);
      expect(state.currencies.has(currency), `a fee in ${currency}, which is not admitted`);
      if (source === state.ledger) addCredit(state, payer, currency, -amount);
      const flow = flowAt(state, release, currency);
      flow.received += amount;
      flow.direct += amount;
      const id = `${position.blockNumber}-${position.logIndex}`;
      const fee = { id, release, currency, payer, amount, reference: ref, source, paid: position };
      state.fees.push(fee);
      state.feesById.set(id, fee);
      return;
    }
    case "Settled": {
      const currency = lower(event.args.currency);
      for (const release of event.args.releases) settleRelease(state, release, currency);
      return;
    }
    case "Claimed":
    case "ClaimedToCredit": {
      const { amount, assets } = event.args;
      const [account, currency] = [lower(event.args.account), lower(event.args.currency)];
      let paid = 0n;
      for (const asset of assets) paid += payOut(state, account, asset, currency);
      expect(paid === amount, `${account} claimed ${amount} of ${currency}, but was due ${paid}`);
      if (event.eventName === "ClaimedToCredit") addCredit(state, account, currency, amount);
      return;
    }
    case "CommonsSwept": {
      const currency = lower(event.args.currency);
      const { beneficiary, ppm } = required(state.commons, "a sweep before the commons was set");
      let swept = 0n;
      for (const asset of event.args.assets) {
        const income = state.incomes.get(flowKey(asset, currency));
        if (!income) continue;
        const entitled = portionDown(income.income, ppm);
        swept += entitled - income.commonsSwept;
        income.commonsSwept = entitled;
      }
      expect(swept === event.args.amount, `the commons swept ${event.args.amount}, but was due ${swept}`);
      addCredit(state, beneficiary, currency, swept);
      return;
    }
    case "Deposited":
      return addCredit(state, lower(event.args.account), lower(event.args.currency), event.args.amount);
    case "Withdrawn":
      return addCredit(state, lower(event.args.account), lower(event.args.currency), -event.args.amount);
    case "ApprovalForAll":
      return setMember(
        state.shareOperators,
        `${lower(event.args.account)}:${lower(event.args.operator)}`,
        event.args.approved,
      );
    case "TransferSingle":
      return moveShares(state, event.args.from, event.args.to, event.args.id, event.args.value);
    case "TransferBatch": {
      const { from, to, ids, values } = event.args;
      for (const [i, id] of ids.entries()) moveShares(state, from, to, id, required(values[i], "an uneven batch"));
      return;
    }
    default:
      return;
  }
}

function settleRelease(state: LedgerState, id: number, currency: Address): void {
  const release = required(state.releases.get(id), `unknown release ${id} settled`);
  const flow = flowAt(state, id, currency);
  const { received, settled } = flow;
  flow.settled = received;
  const kept = portionBetween(settled, received, release.ownWeightPpm);
  if (kept > 0n) incomeAt(state, release.asset, currency).income += kept;
  for (const { release: parent, weightPpm } of release.contributions) {
    const passed = portionBetween(settled, received, weightPpm);
    if (passed > 0n) flowAt(state, parent, currency).received += passed;
  }
}

function payOut(state: LedgerState, account: Address, asset: number, currency: Address): bigint {
  const { income } = incomeOf(state, asset, currency);
  if (income === 0n) return 0n;
  const holding = holdingAt(state, account, asset, currency);
  checkpoint(state, holding, sharesOf(state, account, asset), income);
  const paid = holding.accrued / TOTAL_SHARES;
  holding.accrued -= paid * TOTAL_SHARES;
  holding.claimed += paid;
  return paid;
}

/** Books what was earned with these shares while the income rose from the mark to where it is now. */
function checkpoint(state: LedgerState, holding: Holding, shares: bigint, income: bigint): void {
  const shareholdersPpm = WHOLE_PPM - required(state.commons, "income before the commons was set").ppm;
  holding.accrued += shares * portionBetween(holding.mark, income, shareholdersPpm);
  holding.mark = income;
}

function moveShares(state: LedgerState, fromMixed: Address, toMixed: Address, id: bigint, value: bigint): void {
  const [from, to, asset] = [lower(fromMixed), lower(toMixed), Number(id)];
  if (from !== zeroAddress) {
    for (const currency of state.currencies.keys()) {
      const { income } = incomeOf(state, asset, currency);
      if (income === 0n) continue;
      for (const account of [from, to]) {
        checkpoint(state, holdingAt(state, account, asset, currency), sharesOf(state, account, asset), income);
      }
    }
    setShares(state, from, asset, sharesOf(state, from, asset) - value);
  }
  setShares(state, to, asset, sharesOf(state, to, asset) + value);
}

function setShares(state: LedgerState, account: Address, asset: number, shares: bigint): void {
  expect(shares >= 0n && shares <= TOTAL_SHARES, `${account} would hold ${shares} shares of asset ${asset}`);
  const held = entry(state.shares, account, () => new Map<number, bigint>());
  const holders = entry(state.shareholders, asset, () => new Map<Address, bigint>());
  if (shares === 0n) {
    held.delete(asset);
    holders.delete(account);
  } else {
    held.set(asset, shares);
    holders.set(account, shares);
    entry(state.everHeld, account, () => new Set<number>()).add(asset);
  }
}

function addCredit(state: LedgerState, account: Address, currency: Address, amount: bigint): void {
  const credit = creditOf(state, account, currency) + amount;
  expect(credit >= 0n, `the credit of ${account} in ${currency} fell below zero`);
  if (credit === 0n && amount === 0n) return;
  entry(state.credits, account, () => new Map<Address, bigint>()).set(currency, credit);
}

function setMember(set: Set<string>, member: string, present: boolean): void {
  if (present) set.add(member);
  else set.delete(member);
}

const flowAt = (state: LedgerState, release: number, currency: Address) =>
  entry(state.flows, flowKey(release, currency), () => ({ received: 0n, settled: 0n, direct: 0n }));
const incomeAt = (state: LedgerState, asset: number, currency: Address) =>
  entry(state.incomes, flowKey(asset, currency), () => ({ income: 0n, commonsSwept: 0n }));
const holdingAt = (state: LedgerState, account: Address, asset: number, currency: Address) =>
  entry(state.holdings, holdingKey(account, asset, currency), () => ({ mark: 0n, accrued: 0n, claimed: 0n }));

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Lower-casing a hex address leaves it a hex address. */
const lower = (address: string) => address.toLowerCase() as Address;

function expect(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new LedgerContradiction(`The events contradict the ledger's rules: ${otherwise}.`);
}

function required<T>(value: T | undefined, missing: string): T {
  expect(value !== undefined, missing);
  return value;
}
