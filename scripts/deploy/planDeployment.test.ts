import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { placeGasPriceOracle, placeToken } from "../../test/support/deploy/placeToken.ts";
import { type LocalChain, startLocalChain } from "../demo/startLocalChain.ts";
import { deployPeriphery } from "./deployPeriphery.ts";
import { deployTributary } from "./deployTributary.ts";
import { describeDeploymentPlan } from "./describeDeploymentPlan.ts";
import { OP_STACK_WRAPPED_NATIVE } from "./opStack.ts";
import { type DeployOptions, estimateCost, planDeployment } from "./planDeployment.ts";

const defaults: DeployOptions = {
  admin: undefined,
  proposer: undefined,
  canceller: undefined,
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
    const [deployer, second] = await chain.ethers.getSigners();
    if (!deployer || !second) throw new Error("The chain has no accounts.");
    await placeGasPriceOracle(chain.ethers.provider);
    await placeToken(chain.ethers.provider, deployer, OP_STACK_WRAPPED_NATIVE);
    const planned = await plan({ chainId: 777 });
    expect(planned).to.deep.include({
      wrappedNative: OP_STACK_WRAPPED_NATIVE.address,
      currencies: [OP_STACK_WRAPPED_NATIVE],
      admin: { delay: 60, proposer: deployer.address, canceller: second.address },
      commonsBeneficiary: second.address,
      identityRegistry: ZeroAddress,
    });
    expect((await estimateCost(chain.ethers, planned)).rollupFees).to.equal(6_000_000_000_000_000n);
  });

  it("costs about what it says", async () => {
    const planned = await plan();
    const { gas } = await estimateCost(chain.ethers, planned);
    const { deployer, wrappedNative } = planned;
    const from = await chain.ethers.provider.getBlockNumber();
    await chain.ethers.deployContract("AdminTimelock", [60, deployer, deployer]);
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

  it("keeps the canceller apart from the proposer, and the beneficiary from the admin, unless they are named alike", async () => {
    const [deployer, second, third] = (await chain.ethers.getSigners()).map(({ address }) => address);
    const { admin, commonsBeneficiary } = await plan();
    expect(admin).to.deep.equal({ delay: 60, proposer: deployer, canceller: second });
    expect(commonsBeneficiary).to.equal(second);
    const alike = await plan({ canceller: deployer, commonsBeneficiary: deployer });
    const shown = describeDeploymentPlan(alike, await estimateCost(chain.ethers, alike));
    expect(shown).to.contain(`Warning: the proposer is also the canceller. Whoever steals the key of ${deployer}`);
    expect(shown).to.contain("Warning: the beneficiary of the commons is the account that deploys.");
    expect(shown).to.contain("Warning: a scheduled call can be executed after 1 minute.");
    // The second account, which would be the default, has another role by an option.
    const others = await plan({ proposer: second });
    expect(others.admin).to.deep.equal({ delay: 60, proposer: second, canceller: third });
    expect(others.commonsBeneficiary).to.equal(third);
    expect((await plan({ admin: second })).commonsBeneficiary).to.equal(third);
    const apart = await plan({ delay: 172_800, proposer: deployer });
    const calm = describeDeploymentPlan(apart, await estimateCost(chain.ethers, apart));
    expect(calm).to.not.contain("Warning");
    expect(calm).to.contain(`${second} can cancel a scheduled call`);
    expect(calm).to.contain(`1 % of all income, to ${second}; neither can ever be changed`);
  });

  it("must be told who cancels and who gets the commons' part, where the network has one account only", async () => {
    const [deployer, second] = await chain.ethers.getSigners();
    const oneAccount = Object.assign(Object.create(chain.ethers) as typeof chain.ethers, {
      getSigners: async () => [deployer],
    });
    const alone = (options: Partial<DeployOptions>) => planDeployment(oneAccount, { ...defaults, ...options });
    const named = { canceller: second?.address, commonsBeneficiary: second?.address };
    expect(await alone({ ...named, canceller: undefined }).catch(String)).to.contain("--canceller 0x…");
    expect(await alone({ ...named, commonsBeneficiary: undefined }).catch(String)).to.contain(
      "--commons-beneficiary 0x…",
    );
    expect((await alone(named)).commonsBeneficiary).to.equal(second?.address);
    // The account that deploys may cancel what somebody else proposes.
    const { admin } = await alone({ ...named, canceller: undefined, proposer: second?.address });
    expect(admin).to.include({ proposer: second?.address, canceller: deployer?.address });
    const multisig = { admin: second?.address, commonsBeneficiary: undefined };
    expect(await alone(multisig).catch(String)).to.contain("--commons-beneficiary 0x…");
  });

  it("names the option that is wrong, and the remedy", async () => {
    for (const [options, reason] of [
      [{ proposer: "bob" }, "--proposer: bob is not an address."],
      [{ currencies: "0x12" }, "--currencies: 0x12 is not an address."],
      [{ currencies: ZeroAddress }, "Check --currencies and the network."],
      [{ canceller: ZeroAddress }, "--canceller: nobody can sign as the zero address."],
      [{ commonsBeneficiary: ZeroAddress }, "--commons-beneficiary: nobody can sign as the zero address."],
      [{ commonsPpm: 0 }, "--commons-ppm must be 1000 to 1000000."],
      [{ commonsPpm: 999 }, "--commons-ppm must be 1000 to 1000000."],
      [{ commonsPpm: 1_000_001 }, "--commons-ppm must be 1000 to 1000000."],
      [{ chainId: 1 }, "The node is on chain 777, not on chain 1. Name another network with --network"],
    ] as const) {
      expect(await plan(options).catch(String)).to.contain(reason);
    }
  });
});
