import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { ImportOptions } from "../import/importCommand.ts";
import type { SharedOptions } from "../participant/commandLine.ts";
import { buildContracts } from "./buildContracts.ts";

type ImportArguments = Omit<ImportOptions, "depth"> & SharedOptions;

export default async function importTask(values: object, hre: HardhatRuntimeEnvironment): Promise<void> {
  const options = values as ImportArguments; // Hardhat has parsed them as they are declared
  await buildContracts(hre);
  const { runOnNetwork } = await import("../participant/command.ts");
  const { importCommand } = await import("../import/importCommand.ts");
  const { confirmations } = options;
  // The command knows the chain, by which the default differs.
  const all = {
    ...options,
    depth: confirmations,
    confirmations: Math.max(1, confirmations),
    propose: undefined,
    plain: false,
  };
  await runOnNetwork("import", importCommand, all, hre, { needsKey: true });
}
