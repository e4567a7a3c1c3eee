import { existsSync } from "node:fs";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { UserError } from "../../indexer/userError.ts";
import { deploymentFile, writeDeployment } from "../../indexer/deployment.ts";
import { deployTributary } from "../deploy/deployTributary.ts";
import { deployTestCurrencies, LOCAL_CHAIN_ID } from "../deploy/deployTestCurrencies.ts";
import { runForPeople } from "./runForPeople.ts";

interface DeployArguments {
  admin: string | undefined;
  commonsBeneficiary: string | undefined;
  commonsPpm: number;
  currencies: string | undefined;
}

export default async function deploy(options: DeployArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  await runForPeople(async () => {
    await hre.tasks.getTask("build").run({ quiet: true });
    const { ethers, networkConfig } = await hre.network.create();
    if (networkConfig.type !== "http") {
      throw new UserError("This network ends with the command. Name one that stays, such as --network localhost.");
    }
    const chainId = Number((await ethers.provider.getNetwork()).chainId);
    const [deployer] = await ethers.getSigners();
    if (!deployer) throw new UserError("This network has no account to deploy with.");
    const isLocal = chainId === LOCAL_CHAIN_ID;
    const file = deploymentFile(chainId);
    if (!isLocal && existsSync(file)) {
      throw new UserError(`${file} tells of a deployment on this chain already. Move it away to make another.`);
    }
    if (!isLocal && (options.admin === undefined || options.commonsBeneficiary === undefined)) {
      throw new UserError("Name --admin and --commons-beneficiary: they can never be changed.");
    }
    const named = options.currencies?.split(",").filter(Boolean);
    if (!named && !isLocal) {
      throw new UserError("Name the currencies to admit: --currencies 0x…,0x…");
    }
    for (const address of [...(named ?? []), options.admin, options.commonsBeneficiary]) {
      if (address !== undefined && !ethers.isAddress(address)) throw new UserError(`${address} is not an address.`);
    }
    const currencies = named ?? (await deployTestCurrencies(ethers));
    const { registry, ledger, startBlock } = await deployTributary(ethers, {
      admin: options.admin ?? deployer,
      commonsBeneficiary: options.commonsBeneficiary ?? deployer,
      commonsPpm: options.commonsPpm,
      currencies,
    });
    const address = async (contract: typeof registry | typeof ledger) => (await contract.getAddress()) as `0x${string}`;
    const deployment = { chainId, registry: await address(registry), ledger: await address(ledger), startBlock };
    await writeDeployment(file, deployment);
    console.log(`AssetRegistry ${deployment.registry}\nFeeLedger     ${deployment.ledger}\nwritten to    ${file}`);
  });
}
