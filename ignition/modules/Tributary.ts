import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

export interface TributaryModuleOptions {
  /** True to deploy a timelock as the admin. If false, the parameter `admin` names the admin. */
  timelock: boolean;
}

/**
 * Deploys, in this order, the timelock that becomes the admin, the registry and the contracts around the ledger. The
 * registry creates its ledger in the same transaction, so that one never exists without the other.
 */
export const tributaryModule = ({ timelock }: TributaryModuleOptions) =>
  buildModule("Tributary", (m) => {
    const admin = timelock
      ? m.contract("AdminTimelock", [m.getParameter("delay"), m.getParameter("proposer"), m.getParameter("canceller")])
      : m.getParameter<string>("admin");
    const registry = m.contract("AssetRegistry", [
      admin,
      m.getParameter("commonsPpm"),
      m.getParameter("commonsBeneficiary"),
      m.getParameter("wrappedNative"),
      m.getParameter<string[]>("currencies"),
      m.getParameter("identityRegistry"),
    ]);
    const ledger = m.contractAt("FeeLedger", m.staticCall(registry, "ledger"));
    return {
      registry,
      ledger,
      inlets: m.contract("Inlets", [ledger]),
      signedPayments: m.contract("SignedPayments", [ledger, m.getParameter("permit2")]),
      preview: m.contract("ReleasePreview", [ledger]),
      ...(typeof admin !== "string" && "id" in admin && { timelock: admin }),
    };
  });
