import { existsSync } from "node:fs";
import type { Addressable } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { UserError } from "../../indexer/userError.ts";
import { deploymentFile, writeDeployment } from "../../indexer/deployment.ts";
import { deployPeriphery } from "../deploy/deployPeriphery.ts";
import { deployTributary } from "../deploy/deployTributary.ts";
import { deployTestCurrencies, LOCAL_CHAIN_ID } from "../deploy/deployTestCurrencies.ts";
import { runForPeople } from "./runForPeople.ts";

interface DeployArguments {
  admin: string | undefined;
  commonsBeneficiary: string | undefined;
  commonsPpm: number;
  currencies: string | undefined;
  wrappedNative: string | undefined;
  identityRegistry: string | undefined;
}

export default async function deploy(options: DeployArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  await runForPeople(async () => {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
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
    const { wrappedNative, identityRegistry } = options;
    const addresses = [options.admin, options.commonsBeneficiary, wrappedNative, identityRegistry];
    for (const address of [...(named ?? []), ...addresses]) {
      if (address !== undefined && !ethers.isAddress(address)) throw new UserError(`${address} is not an address.`);
    }
    const currencies = named ?? (await deployTestCurrencies(ethers));
    const { registry, ledger, startBlock } = await deployTributary(ethers, {
      admin: options.admin ?? deployer,
      commonsBeneficiary: options.commonsBeneficiary ?? deployer,
      commonsPpm: options.commonsPpm,
      currencies,
      ...(wrappedNative !== undefined && { wrappedNative }),
      ...(identityRegistry !== undefined && { identityRegistry }),
    });
    const { inlets, signedPayments, preview } = await deployPeriphery(ethers, ledger);
    const addressOf = async (contract: Addressable) => (await contract.getAddress()) as `0x${string}`;
    const deployment = {
      chainId,
      registry: await addressOf(registry),
      ledger: await addressOf(ledger),
      startBlock,
      periphery: {
        inlets: await addressOf(inlets),
        signedPayments: await addressOf(signedPayments),
        preview: await addressOf(preview),
      },
    };
    await writeDeployment(file, deployment);
    console.log(
      [
        `AssetRegistry  ${deployment.registry}`,
        `FeeLedger      ${deployment.ledger}`,
        `Inlets         ${deployment.periphery.inlets}`,
        `SignedPayments ${deployment.periphery.signedPayments}`,
        `ReleasePreview ${deployment.periphery.preview}`,
        `written to     ${file}`,
      ].join("\n"),
    );
  });
}
