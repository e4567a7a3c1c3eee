import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { IgnitionModuleBuilder } from "@nomicfoundation/ignition-core";

export interface TributaryModuleOptions {
  /** True to deploy a timelock as the admin. If false, the parameter `admin` names the admin. */
  timelock: boolean;
  /** True if the admin is the beneficiary of the commons. If false, the parameter `commonsBeneficiary` names it. */
  commonsOfAdmin: boolean;
}

/** Deploys the timelock that becomes the admin, and the registry. */
export const registryModule = (options: TributaryModuleOptions) =>
  buildModule("Tributary", (m) => makeRegistry(m, options));

/**
 * Deploys, in this order, the timelock that becomes the admin, the registry and the contracts around the ledger. The
 * registry creates its ledger in the same transaction, so that one never exists without the other.
 *
 * @param ledger Address of the ledger, computed from the registry's: a read right after the registry's transaction could
 *   reach an endpoint that does not have its block yet.
 */
export const tributaryModule = (options: TributaryModuleOptions, ledger: string) =>
  buildModule("Tributary", (m) => {
    const made = makeRegistry(m, options);
    const ledgerContract = m.contractAt("FeeLedger", ledger);
    const permit2 = m.getParameter<string>("permit2");
    const inlets = m.contract("Inlets", [ledgerContract]);
    const signedPayments = m.contract("SignedPayments", [ledgerContract, permit2]);
    const preview = m.contract("ReleasePreview", [ledgerContract]);
    return {
      ...made,
      ledger: ledgerContract,
      inlets,
      signedPayments,
      preview,
      outlets: m.contract("Outlets", [ledgerContract, inlets, [signedPayments, preview, permit2]]),
    };
  });

function makeRegistry(m: IgnitionModuleBuilder, { timelock, commonsOfAdmin }: TributaryModuleOptions) {
  const admin = timelock
    ? m.contract("AdminTimelock", [m.getParameter("delay"), m.getParameter("proposer")])
    : m.getParameter<string>("admin");
  const registry = m.contract("AssetRegistry", [
    admin,
    m.getParameter("commonsPpm"),
    commonsOfAdmin ? admin : m.getParameter<string>("commonsBeneficiary"),
    m.getParameter("wrappedNative"),
    m.getParameter<string[]>("currencies"),
    m.getParameter("identityRegistry"),
  ]);
  return { registry, ...(typeof admin !== "string" && "id" in admin && { timelock: admin }) };
}
