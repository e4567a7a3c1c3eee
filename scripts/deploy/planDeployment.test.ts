import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { placeGasPriceOracle, placeToken } from "../../test/support/deploy/placeToken.ts";
import { type LocalChain, startLocalChain } from "../demo/startLocalChain.ts";
import { deployPeriphery } from "./deployPeriphery.ts";
import { deployTributary } from "./deployTributary.ts";
import { OP_STACK_WRAPPED_NATIVE } from "./opStack.ts";
import { type DeployOptions, estimateCost, planDeployment } from "./planDeployment.ts";

const defaults: DeployOptions = {
  admin: undefined,
  proposer: undefined,
  delay: 60,
  commonsBeneficiary: undefined,
  commonsPpm: 10_000,
  currencies: undefined,
  wrappedNative: undefined,
  identityRegistry: undefined,
  chainId: 0,
};

describe("planDeployment", () => {
  let chain: LocalChain;
  before(async () => {
    chain = await startLocalChain(0, 777);
  });
  after(() => chain.close());
  const plan = (options: Partial<DeployOptions> = {}) => planDeployment(chain.ethers, { ...defaults, ...options });

  it("needs currencies on a chain that nothing is known of", async () => {
    expect(await plan().catch(String)).to.contain("Name the currencies to admit");
  });

  it("takes native money on any chain of the OP stack, and counts the L1 data fee", async () => {
    const [deployer] = await chain.ethers.getSigners();
    if (!deployer) throw new Error("The chain has no accounts.");
    await placeGasPriceOracle(chain.ethers.provider);
    await placeToken(chain.ethers.provider, deployer, OP_STACK_WRAPPED_NATIVE);
    const planned = await plan({ chainId: 777 });
    expect(planned).to.deep.include({
      wrappedNative: OP_STACK_WRAPPED_NATIVE.address,
      currencies: [OP_STACK_WRAPPED_NATIVE],
      admin: { delay: 60, proposer: deployer.address },
      identityRegistry: ZeroAddress,
    });
    expect((await estimateCost(chain.ethers, planned)).rollupFees).to.equal(6_000_000_000_000_000n);
  });

  it("costs about what it says", async () => {
    const planned = await plan();
    const { gas } = await estimateCost(chain.ethers, planned);
    const { deployer, wrappedNative } = planned;
    const from = await chain.ethers.provider.getBlockNumber();
    await chain.ethers.deployContract("AdminTimelock", [60, deployer]);
    const currencies = [wrappedNative];
    const parameters = { admin: deployer, commonsBeneficiary: deployer, currencies, wrappedNative };
    await deployPeriphery(chain.ethers, (await deployTributary(chain.ethers, parameters)).ledger);
    let spent = 0n;
    for (let i = from + 1; i <= (await chain.ethers.provider.getBlockNumber()); i++) {
      spent += (await chain.ethers.provider.getBlock(i))?.gasUsed ?? 0n;
    }
    expect(Number(gas) / Number(spent)).to.be.within(1, 1.1);
  });

  it("lets a multisig be the admin, and other currencies be admitted", async () => {
    const multisig = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    const { address } = OP_STACK_WRAPPED_NATIVE;
    const planned = await plan({ admin: multisig, currencies: address, commonsBeneficiary: multisig });
    expect(planned).to.deep.include({ admin: { account: multisig }, commonsBeneficiary: multisig });
    expect(planned.currencies).to.deep.equal([OP_STACK_WRAPPED_NATIVE]);
  });

  it("names the option that is wrong, and the remedy", async () => {
    for (const [options, reason] of [
      [{ proposer: "bob" }, "--proposer: bob is not an address."],
      [{ currencies: "0x12" }, "--currencies: 0x12 is not an address."],
      [{ currencies: ZeroAddress }, "Check --currencies and the network."],
      [{ chainId: 1 }, "The node is on chain 777, not on chain 1. Name another network with --network"],
    ] as const) {
      expect(await plan(options).catch(String)).to.contain(reason);
    }
  });
});
