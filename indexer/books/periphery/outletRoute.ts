import { type Address, zeroAddress } from "viem";
import { outletAddresses } from "#protocol/clones/outletAddresses.ts";
import type { OutletRoute } from "../../graph/plans/plan.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { PeripheryState } from "./state.ts";

/** An outlet, with the way of its money. */
export interface RoutedOutlet {
  outlet: Address;
  route: OutletRoute;
}

/**
 * Finds the outlet through which money reaches an account: its own, deployed or not. For the address of an open outlet
 * it is that one: an outlet has none itself. Returns undefined if the deployment has no outlets, or refuses one for this
 * account, as for its own contracts, tokens and inlets.
 */
export function outletRouteOf(
  periphery: PeripheryState,
  ledger: LedgerState,
  address: Address,
): RoutedOutlet | undefined {
  const outlets = periphery.contracts.outlets;
  if (!periphery.hasOutlets || outlets === undefined) return undefined;
  const itself = periphery.outlets.get(periphery.outletRows.get(address) ?? -1);
  if (itself) return { outlet: itself.outlet, route: { outlets, account: itself.account, isOpen: true } };
  const open = periphery.outletOf.get(address);
  if (open !== undefined) return { outlet: open, route: { outlets, account: address, isOpen: true } };
  if (isDeadEnd(periphery, ledger, address)) return undefined;
  const outlet = outletAddresses(outlets)(address).toLowerCase() as Address;
  return { outlet, route: { outlets, account: address, isOpen: false } };
}

function isDeadEnd(periphery: PeripheryState, ledger: LedgerState, address: Address): boolean {
  const { timelock, contracts } = periphery;
  if (address === zeroAddress || address === ledger.ledger || periphery.inletRows.get(address) !== undefined)
    return true;
  if (ledger.currencies.get(address) || ledger.creation.get("wrappedNative") === address) return true;
  if (ledger.creation.get("registry") === address) return true;
  return address !== timelock && Object.values(contracts).some((each) => each.toLowerCase() === address);
}
