import { verifyContract } from "@nomicfoundation/hardhat-verify/verify";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Deployment } from "#protocol/deployment.ts";

export type Verifier = "etherscan" | "blockscout" | "sourcify";

export interface VerificationResult {
  contract: string;
  verifier: Verifier;
  /** Reason why it is not verified. Undefined if it is. */
  failure: string | undefined;
}

/** Publishes the sources of a deployment, contract by contract. Sources that are verified already stay verified. */
export async function* verifySources(
  hre: HardhatRuntimeEnvironment,
  deployment: Deployment,
  verifiers: readonly Verifier[],
): AsyncGenerator<VerificationResult> {
  for (const verifier of verifiers) {
    for (const { name, source, address, constructorArgs } of contractsOf(deployment)) {
      const contract = `${source}:${name}`;
      const creationTxHash = name === "AssetRegistry" ? deployment.made?.transaction : undefined;
      const failure = await verifyContract(
        { address, contract, constructorArgs, provider: verifier, ...(creationTxHash && { creationTxHash }) },
        hre,
      ).then(
        () => undefined,
        (error: Error) => error.message.split("\n", 1)[0],
      );
      yield { contract: name, verifier, failure };
    }
  }
}

/** Returns those of some verifiers that can be used: Etherscan needs a key. */
export async function availableVerifiers(
  hre: HardhatRuntimeEnvironment,
  verifiers: readonly Verifier[],
): Promise<Verifier[]> {
  const hasKey = await hre.config.verify.etherscan.apiKey.get().then(Boolean, () => false);
  return verifiers.filter((verifier) => verifier !== "etherscan" || hasKey);
}

function contractsOf({ registry, ledger, periphery, made }: Deployment) {
  if (!made) return [];
  const { admin, timelock, commonsPpm, commonsBeneficiary, wrappedNative, identityRegistry, permit2 } = made;
  const currencies = made.currencies.map(({ address }) => address);
  const creation = [admin, commonsPpm, commonsBeneficiary, wrappedNative, currencies];
  return [
    {
      name: "AssetRegistry",
      source: "contracts/AssetRegistry.sol",
      address: registry,
      constructorArgs: [...creation, identityRegistry],
    },
    { name: "FeeLedger", source: "contracts/FeeLedger.sol", address: ledger, constructorArgs: creation },
    ...(timelock
      ? [
          {
            name: "AdminTimelock",
            source: "contracts/periphery/governance/AdminTimelock.sol",
            address: admin,
            constructorArgs: [timelock.delay, timelock.proposer],
          },
        ]
      : []),
    ...[
      { name: "Inlets", source: "payments/Inlets", site: periphery.inlets, constructorArgs: [ledger] },
      {
        name: "SignedPayments",
        source: "payments/SignedPayments",
        site: periphery.signedPayments,
        constructorArgs: [ledger, permit2],
      },
      { name: "ReleasePreview", source: "lens/ReleasePreview", site: periphery.preview, constructorArgs: [ledger] },
      {
        name: "Outlets",
        source: "payments/Outlets",
        site: periphery.outlets,
        constructorArgs: [
          ledger,
          periphery.inlets?.address,
          [periphery.signedPayments?.address, periphery.preview?.address, permit2],
        ],
      },
    ].flatMap(({ name, source, site, constructorArgs }) =>
      site ? [{ name, source: `contracts/periphery/${source}.sol`, address: site.address, constructorArgs }] : [],
    ),
  ];
}
