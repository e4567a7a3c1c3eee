import { expect } from "chai";
import { type Addressable, type BaseContract, id as hashOf, type Signer } from "ethers";
import { network } from "hardhat";
import { deployTributary } from "../../../scripts/deploy/deployTributary.ts";
import { Kind, registerAsset, Role } from "../economy/assets.ts";

/** One simulated chain for all test files of a process. {@link load} rewinds it. */
export const { ethers, networkHelpers } = await network.create();

export const FEE = 1_000_000n;
export const REF = hashOf("a request off the chain");

/** The ids of the lineage with which every test begins. */
export const DATASET = 1n;
export const MODEL = 2n;
export const AGENT = 3n;

/** The agent passes 50 % to the model, the model 30 % to the dataset. The commons' part is 1 %. */
export const MODEL_WEIGHT = 500_000n;
export const DATASET_WEIGHT = 300_000n;

/** The model's owner has 75 % of its shares, the holder 25 %. The other owners have all shares of their assets. */
export const OWNER_SHARES = 75_000_000n;
export const HOLDER_SHARES = 25_000_000n;

export async function namedSigners() {
  const [admin, commons, datasetOwner, modelOwner, agentOwner, holder, payer, stranger] = await ethers.getSigners();
  if (!admin || !commons || !datasetOwner || !modelOwner || !agentOwner || !holder || !payer || !stranger) {
    throw new Error("The node gave too few accounts.");
  }
  return { admin, commons, datasetOwner, modelOwner, agentOwner, holder, payer, stranger };
}

async function deployLineage() {
  const people = await namedSigners();
  const { admin, commons, datasetOwner, modelOwner, agentOwner, holder, payer } = people;
  const dollar = await ethers.deployContract("TestCurrency", ["Dollar", "USD", 6]);
  const euro = await ethers.deployContract("TestCurrency", ["Euro", "EUR", 2]);
  const wrapped = await ethers.deployContract("TestWrappedNative");
  const identities = await ethers.deployContract("IdentityRegistry");
  const tributary = await deployTributary(ethers, {
    admin,
    commonsBeneficiary: commons,
    currencies: [dollar, euro],
    wrappedNative: wrapped,
    identityRegistry: identities,
  });

  await registerAsset(tributary, datasetOwner);
  await registerAsset(tributary, modelOwner, {
    kind: Kind.Model,
    contributions: [{ release: DATASET, weight: DATASET_WEIGHT }],
    allocations: [
      { account: modelOwner.address, role: Role.Training, shares: OWNER_SHARES },
      { account: holder.address, role: Role.Compute, shares: HOLDER_SHARES },
    ],
  });
  await registerAsset(tributary, agentOwner, {
    kind: Kind.Agent,
    contributions: [{ release: MODEL, weight: MODEL_WEIGHT }],
  });

  for (const currency of [dollar, euro]) {
    await currency.mint(payer, 1_000n * FEE);
    await currency.connect(payer).approve(tributary.ledger, 1_000n * FEE);
  }
  return { ...tributary, ...people, dollar, euro, wrapped, identities };
}

export type Lineage = Awaited<ReturnType<typeof deployLineage>>;

/** Returns the state right after {@link deployLineage}: rewinds the chain to it. */
export const load = () => networkHelpers.loadFixture(deployLineage);

interface Mintable extends Addressable {
  mint(to: Addressable, amount: bigint): Promise<unknown>;
  connect(signer: Signer): { approve(spender: Addressable, amount: bigint): Promise<unknown> };
}

/** Admits a currency and gives the payer 1,000 fees of it, approved. */
export async function admitted<T extends Mintable>({ ledger, admin, payer }: Lineage, currency: T): Promise<T> {
  await ledger.connect(admin).admit(currency);
  await currency.mint(payer, 1_000n * FEE);
  await currency.connect(payer).approve(ledger, 1_000n * FEE);
  return currency;
}

/** Admits the wrapped native token and gives the payer 1,000 fees of it, approved. */
export async function admittedNative({ ledger, wrapped, admin, payer }: Lineage) {
  await ledger.connect(admin).admit(wrapped);
  await wrapped.connect(payer).deposit({ value: 1_000n * FEE });
  await wrapped.connect(payer).approve(ledger, 1_000n * FEE);
}

/** Pays a fee in dollars and settles the whole lineage. */
export const payThrough = ({ ledger, dollar, payer }: Lineage, release: bigint, amount = FEE) =>
  ledger.connect(payer).payAndSettle(release, dollar, amount, REF, [AGENT, MODEL, DATASET]);

/** Reads a release from the ledger as a plain object, for comparisons. */
export async function releaseOf({ ledger }: Lineage, id: bigint) {
  const { asset, kind, ownWeight, floor, keep, byGrant, retired, contributions } = await ledger.releaseInfo(id);
  const edges = contributions.map(({ release, weight }) => ({ release, weight }));
  return { asset, kind, ownWeight, floor, keep, byGrant, retired, contributions: edges };
}

/** Reads the root hash of a contract's storage. Equal roots mean equal state. */
const storageOf = async (contract: Addressable): Promise<string> =>
  (await ethers.provider.send("eth_getProof", [await contract.getAddress(), [], "latest"])).storageHash;

/** Asserts that a call reverts with this error of a contract, and that nobody's property changes. */
export async function expectRefused(
  { registry, ledger, dollar, euro, wrapped }: Lineage,
  call: () => Promise<unknown>,
  [contract, error]: [contract: BaseContract, error: string],
  ...args: unknown[]
) {
  const state = () => Promise.all([registry, ledger, dollar, euro, wrapped].map(storageOf));
  const before = await state();
  const refusal = expect(call()).to.be.revertedWithCustomError(contract, error);
  await (args.length > 0 ? refusal.withArgs(...args) : refusal);
  expect(await state()).to.deep.equal(before);
}
