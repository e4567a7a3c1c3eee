import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

export interface TributaryModuleOptions {
  /** True to deploy a timelock as the admin. If false, the parameter `admin` names the admin. */
  timelock: boolean;
  /** True if the admin is the beneficiary of the commons. If false, the parameter `commonsBeneficiary` names it. */
  commonsOfAdmin: boolean;
}

/**
 * Deploys, in this order, the timelock that becomes the admin, the registry and the contracts around the ledger. The
 * registry creates its ledger in the same transaction, so that one never exists without the other.
 */
export const tributaryModule = ({ timelock, commonsOfAdmin }: TributaryModuleOptions) =>
  buildModule("Tributary", (m) => {
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
    const ledger = m.contractAt("FeeLedger", m.staticCall(registry, "ledger"));
    const permit2 = m.getParameter<string>("permit2");
    const inlets = m.contract("Inlets", [ledger]);
    const signedPayments = m.contract("SignedPayments", [ledger, permit2]);
    const preview = m.contract("ReleasePreview", [ledger]);
    return {
      registry,
      ledger,
      inlets,
      signedPayments,
      preview,
      outlets: m.contract("Outlets", [ledger, inlets, [signedPayments, preview, permit2]]),
      ...(typeof admin !== "string" && "id" in admin && { timelock: admin }),
    };
  });
