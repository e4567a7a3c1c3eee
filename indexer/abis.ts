import AssetRegistry from "../artifacts/contracts/AssetRegistry.sol/AssetRegistry.json" with { type: "json" };
import type { AssetRegistry$Type } from "../artifacts/contracts/AssetRegistry.sol/artifacts.d.ts";
import FeeLedger from "../artifacts/contracts/FeeLedger.sol/FeeLedger.json" with { type: "json" };
import type { FeeLedger$Type } from "../artifacts/contracts/FeeLedger.sol/artifacts.d.ts";

// The compiler writes the same ABI twice: as JSON for us to load and as a type for TypeScript to reason with. A JSON
// import alone widens every literal to `string`, hence the casts.
export const registryAbi = AssetRegistry.abi as unknown as AssetRegistry$Type["abi"];
export const ledgerAbi = FeeLedger.abi as unknown as FeeLedger$Type["abi"];
