import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { UserError } from "#protocol/userError.ts";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
import { LOCAL_CHAIN_ID } from "../deploy/deployTestCurrencies.ts";
import { importLineage } from "../import/importLineage.ts";
import { LocalOwners, readOwners } from "../import/owners.ts";
import { readLineage } from "../import/readLineage.ts";
import { DEFAULT_IMPORT_OPTIONS, parseKindWeights, planImport } from "../import/planImport.ts";
import { progressBar } from "#node/progressBar.ts";
import { buildContracts } from "./buildContracts.ts";
import { runCommand } from "../participant/command.ts";
import { requireDeploymentOn, requireLastingNetwork, requireSameChain } from "../participant/openSession.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";

interface ImportArguments {
  file: string;
  deployment: string | undefined;
  owners: string | undefined;
  custodian: string | undefined;
  upstreamPpm: number;
  kindWeights: string;
  confirmations: number;
}

const PUBLIC_CHAIN_CONFIRMATIONS = 3;

export default async function importTask(options: ImportArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  await runCommand(async (signal) => {
    const { upstreamPpm } = options;
    if (upstreamPpm < 0 || upstreamPpm > WHOLE_PPM) {
      throw new UserError(`--upstream-ppm must be 0 to ${WHOLE_PPM}.`);
    }
    const kindWeights = parseKindWeights(options.kindWeights);
    const plan = planImport(await readLineage(options.file), { ...DEFAULT_IMPORT_OPTIONS, upstreamPpm, kindWeights });

    await buildContracts(hre);
    requireLastingNetwork(hre);
    const connection = await hre.network.create();
    const { ethers } = connection;
    const chainId = Number((await ethers.provider.getNetwork()).chainId);
    const isLocal = chainId === LOCAL_CHAIN_ID;
    const file = options.deployment ?? deploymentFile(chainId);
    const deployment = await readDeployment(file);
    requireSameChain(deployment, chainId);
    await requireDeploymentOn(connection, deployment, file);
    const usesOwnersFile = options.owners !== undefined || options.custodian !== undefined || !isLocal;
    const ownerOf = usesOwnersFile ? await readOwners(options.owners, options.custodian) : new LocalOwners().ownerOf;
    const [signer] = await ethers.getSigners();
    if (!signer)
      throw new UserError(
        "This network has no account to send the transactions. Store its key: npx hardhat keystore set PRIVATE_KEY.",
      );

    const bar = progressBar("registering");
    const { sent } = await importLineage({
      registry: await ethers.getContractAt("AssetRegistry", deployment.registry),
      startBlock: deployment.startBlock,
      signer,
      plan,
      ownerOf,
      confirmations: options.confirmations || (isLocal ? 1 : PUBLIC_CHAIN_CONFIRMATIONS),
      onProgress: bar.update,
      signal,
    }).finally(bar.stop);
    const assets = plan.filter(({ first }) => first).length;
    console.log(`${assets} assets with ${plan.length} releases are registered. This run sent ${sent} transactions.`);
  });
}
