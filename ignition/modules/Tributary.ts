import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

export interface TributaryModuleOptions {
  /** Whether a timelock is deployed to be the admin; else the parameter `admin` names one. */
  timelock: boolean;
  /** Whether the commons' part is the admin's; else the parameter `commonsBeneficiary` names whose. */
  commonsOfAdmin: boolean;
}

/**
 * The registry, which creates its ledger in the same transaction so that no half-made pair can exist; before it the
 * timelock that becomes its admin, and after it what stands around the two.
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
    return {
      registry,
      ledger,
      inlets: m.contract("Inlets", [ledger]),
      signedPayments: m.contract("SignedPayments", [ledger, m.getParameter("permit2")]),
      preview: m.contract("ReleasePreview", [ledger]),
      ...(typeof admin !== "string" && "id" in admin && { timelock: admin }),
    };
  });
