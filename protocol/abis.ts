import AssetRegistry from "../artifacts/contracts/AssetRegistry.sol/AssetRegistry.json" with { type: "json" };
import type { AssetRegistry$Type } from "../artifacts/contracts/AssetRegistry.sol/artifacts.d.ts";
import FeeLedger from "../artifacts/contracts/FeeLedger.sol/FeeLedger.json" with { type: "json" };
import type { FeeLedger$Type } from "../artifacts/contracts/FeeLedger.sol/artifacts.d.ts";
import AdminTimelock from "../artifacts/contracts/periphery/governance/AdminTimelock.sol/AdminTimelock.json" with { type: "json" };
import type { AdminTimelock$Type } from "../artifacts/contracts/periphery/governance/AdminTimelock.sol/artifacts.d.ts";
import ReleasePreview from "../artifacts/contracts/periphery/lens/ReleasePreview.sol/ReleasePreview.json" with { type: "json" };
import type { ReleasePreview$Type } from "../artifacts/contracts/periphery/lens/ReleasePreview.sol/artifacts.d.ts";
import Inlet from "../artifacts/contracts/periphery/payments/Inlet.sol/Inlet.json" with { type: "json" };
import type { Inlet$Type } from "../artifacts/contracts/periphery/payments/Inlet.sol/artifacts.d.ts";
import Inlets from "../artifacts/contracts/periphery/payments/Inlets.sol/Inlets.json" with { type: "json" };
import type { Inlets$Type } from "../artifacts/contracts/periphery/payments/Inlets.sol/artifacts.d.ts";
import Outlet from "../artifacts/contracts/periphery/payments/Outlet.sol/Outlet.json" with { type: "json" };
import type { Outlet$Type } from "../artifacts/contracts/periphery/payments/Outlet.sol/artifacts.d.ts";
import Outlets from "../artifacts/contracts/periphery/payments/Outlets.sol/Outlets.json" with { type: "json" };
import type { Outlets$Type } from "../artifacts/contracts/periphery/payments/Outlets.sol/artifacts.d.ts";
import SignedPayments from "../artifacts/contracts/periphery/payments/SignedPayments.sol/SignedPayments.json" with { type: "json" };
import type { SignedPayments$Type } from "../artifacts/contracts/periphery/payments/SignedPayments.sol/artifacts.d.ts";

// The compiler writes each ABI twice: as JSON to load at run time, and as a type for TypeScript. A JSON import alone
// widens every literal to `string`, hence the casts.
export const registryAbi = AssetRegistry.abi as unknown as AssetRegistry$Type["abi"];
export const ledgerAbi = FeeLedger.abi as unknown as FeeLedger$Type["abi"];
export const inletsAbi = Inlets.abi as unknown as Inlets$Type["abi"];
const inletAbi = Inlet.abi as unknown as Inlet$Type["abi"];
export const outletsAbi = Outlets.abi as unknown as Outlets$Type["abi"];
const outletAbi = Outlet.abi as unknown as Outlet$Type["abi"];
export const signedPaymentsAbi = SignedPayments.abi as unknown as SignedPayments$Type["abi"];
export const previewAbi = ReleasePreview.abi as unknown as ReleasePreview$Type["abi"];
export const timelockAbi = AdminTimelock.abi as unknown as AdminTimelock$Type["abi"];

/** The ABIs of the contracts that people call, by contract. */
export const abis = {
  AssetRegistry: registryAbi,
  FeeLedger: ledgerAbi,
  Inlets: inletsAbi,
  Inlet: inletAbi,
  Outlets: outletsAbi,
  Outlet: outletAbi,
  SignedPayments: signedPaymentsAbi,
  ReleasePreview: previewAbi,
};
