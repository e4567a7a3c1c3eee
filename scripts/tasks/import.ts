import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { ImportOptions } from "../import/importCommand.ts";
import type { SharedOptions } from "../participant/commandLine.ts";
import { buildContracts } from "./buildContracts.ts";

type ImportArguments = Omit<ImportOptions, "depth"> & SharedOptions;

export default async function importTask(values: object, hre: HardhatRuntimeEnvironment): Promise<void> {
  const options = values as ImportArguments; // as they are declared; numbers are text until they are parsed
  await buildContracts(hre);
  const { runOnNetwork } = await import("../participant/command.ts");
  const { importCommand } = await import("../import/importCommand.ts");
  const { readWholeNumbers } = await import("../participant/readNumbers.ts");
  const all = { ...options, depth: 0, propose: undefined, plain: false, api: undefined };
  await runOnNetwork("import", importCommand, all, hre, {
    needsKey: true,
    parse: (given) => {
      const numbers = readWholeNumbers(given, ["upstreamPpm", "confirmations", "batchGas"]);
      // The command knows the chain, by which the default differs.
      return { ...numbers, depth: numbers.confirmations, confirmations: Math.max(1, numbers.confirmations) };
    },
  });
}
