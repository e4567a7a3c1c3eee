import type { Abi } from "viem";
import AssetRegistry from "../artifacts/contracts/AssetRegistry.sol/AssetRegistry.json" with { type: "json" };
import FeeLedger from "../artifacts/contracts/FeeLedger.sol/FeeLedger.json" with { type: "json" };
import Inlet from "../artifacts/contracts/periphery/Inlet.sol/Inlet.json" with { type: "json" };
import Inlets from "../artifacts/contracts/periphery/Inlets.sol/Inlets.json" with { type: "json" };
import ReleasePreview from "../artifacts/contracts/periphery/ReleasePreview.sol/ReleasePreview.json" with { type: "json" };
import SignedPayments from "../artifacts/contracts/periphery/SignedPayments.sol/SignedPayments.json" with { type: "json" };

/** The ABIs of all contracts that people call. */
export const abis = {
  AssetRegistry: AssetRegistry.abi as Abi,
  FeeLedger: FeeLedger.abi as Abi,
  Inlets: Inlets.abi as Abi,
  Inlet: Inlet.abi as Abi,
  SignedPayments: SignedPayments.abi as Abi,
  ReleasePreview: ReleasePreview.abi as Abi,
};
