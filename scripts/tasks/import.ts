import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { EIP1193Provider } from "viem";
import { UserError } from "#protocol/userError.ts";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
import { LOCAL_CHAIN_ID } from "../deploy/deployTestCurrencies.ts";
import { checkOwners } from "../import/checkOwners.ts";
import { importLineage } from "../import/importLineage.ts";
import { LocalOwners, readOwners } from "../import/owners.ts";
import { readLineage } from "../import/readLineage.ts";
import { DEFAULT_IMPORT_OPTIONS, parseKindWeights, planImport } from "../import/planImport.ts";
import { progressBar } from "#node/progressBar.ts";
import { buildContracts } from "./buildContracts.ts";
import { parseFeeOptions } from "#client/transactions/feeOptions.ts";
import type { GasPrice } from "#client/transactions/prices.ts";
import { seeOwnWrites } from "./seeOwnWrites.ts";
import { runTask } from "#node/orderlyStop.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";

interface ImportArguments {
  file: string;
  deployment: string | undefined;
  owners: string | undefined;
  custodian: string | undefined;
  upstreamPpm: number;
  kindWeights: string;
  confirmations: number;
  tip: string | undefined;
  maxFee: string | undefined;
}

const PUBLIC_CHAIN_CONFIRMATIONS = 3;

export default async function importTask(options: ImportArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  await runTask(async (signal) => {
    const { upstreamPpm } = options;
    if (upstreamPpm < 0 || upstreamPpm > WHOLE_PPM) {
      throw new UserError(`--upstream-ppm must be 0 to ${WHOLE_PPM}.`);
    }
    const kindWeights = parseKindWeights(options.kindWeights);
    const plan = planImport(await readLineage(options.file), { ...DEFAULT_IMPORT_OPTIONS, upstreamPpm, kindWeights });

    const choice = parseFeeOptions(options);

    await buildContracts(hre);
    const report = async ({ notes = [] }: GasPrice) => {
      for (const note of notes) console.log(note);
    };
    seeOwnWrites(hre, { choice, accept: report });
    const { ethers, provider } = await hre.network.create();
    const chainId = Number((await ethers.provider.getNetwork()).chainId);
    const isLocal = chainId === LOCAL_CHAIN_ID;
    const deployment = await readDeployment(options.deployment ?? deploymentFile(chainId));
    if (deployment.chainId !== chainId) {
      throw new UserError(
        `The deployment file is for chain ${deployment.chainId}, but the network is on chain ${chainId}. Name another file with --deployment, or another network with --network.`,
      );
    }
    const usesOwnersFile = options.owners !== undefined || options.custodian !== undefined || !isLocal;
    const ownerOf = usesOwnersFile ? await readOwners(options.owners, options.custodian) : new LocalOwners().ownerOf;
    const [signer] = await ethers.getSigners();
    if (!signer)
      throw new UserError(
        "This network has no account to send the transactions. Store its key: npx hardhat keystore set PRIVATE_KEY.",
      );

    if (usesOwnersFile) {
      const importer = await signer.getAddress();
      // Hardhat's provider follows EIP-1193, but its types differ from viem's.
      const request = provider as unknown as EIP1193Provider;
      const warnings = await checkOwners({ provider: request, deployment, plan, ownerOf, importer });
      for (const warning of warnings) console.log(`Warning: ${warning}`);
    }

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
