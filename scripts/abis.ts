import Inlet from "../artifacts/contracts/periphery/Inlet.sol/Inlet.json" with { type: "json" };
import type { Inlet$Type } from "../artifacts/contracts/periphery/Inlet.sol/artifacts.d.ts";
import Inlets from "../artifacts/contracts/periphery/Inlets.sol/Inlets.json" with { type: "json" };
import type { Inlets$Type } from "../artifacts/contracts/periphery/Inlets.sol/artifacts.d.ts";
import ReleasePreview from "../artifacts/contracts/periphery/ReleasePreview.sol/ReleasePreview.json" with { type: "json" };
import type { ReleasePreview$Type } from "../artifacts/contracts/periphery/ReleasePreview.sol/artifacts.d.ts";
import SignedPayments from "../artifacts/contracts/periphery/SignedPayments.sol/SignedPayments.json" with { type: "json" };
import type { SignedPayments$Type } from "../artifacts/contracts/periphery/SignedPayments.sol/artifacts.d.ts";
import { ledgerAbi, registryAbi } from "../indexer/abis.ts";

/**
 * The ABIs of all contracts that people call. A JSON import widens every literal, so the compiler's own type is put in its
 * place, as in indexer/abis.ts.
 */
export const abis = {
  AssetRegistry: registryAbi,
  FeeLedger: ledgerAbi,
  Inlets: Inlets.abi as unknown as Inlets$Type["abi"],
  Inlet: Inlet.abi as unknown as Inlet$Type["abi"],
  SignedPayments: SignedPayments.abi as unknown as SignedPayments$Type["abi"],
  ReleasePreview: ReleasePreview.abi as unknown as ReleasePreview$Type["abi"],
};
