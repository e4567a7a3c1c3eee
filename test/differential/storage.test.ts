import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { ledgerStorage } from "./ledgerStorage.ts";
import { storageRoot } from "./storageRoot.ts";
import { randomStep, startWorld } from "./world.ts";

const STEPS = 250;

describe("the ledger's storage", function () {
  this.timeout(240_000);
  let chain: LocalChain;
  before(async () => {
    chain = await startLocalChain();
  });
  after(() => chain.close());

  it("can be rebuilt from the events alone: every slot and no other", async () => {
    const random = seededRandom(99);
    const world = await startWorld(chain);
    const rootOnChain = async () => {
      const proof = await chain.ethers.provider.send("eth_getProof", [world.ledgerAddress, [], "latest"]);
      return (proof as { storageHash: string }).storageHash;
    };
    const rebuilt = () => storageRoot(ledgerStorage(world.state));
    expect(rebuilt(), "as created").to.equal(await rootOnChain());

    for (let i = 0; i < STEPS; i++) {
      await randomStep(world, random)
        .send()
        .catch((error: unknown) => {
          if (!/revert/i.test(String(error))) throw error;
        });
      await world.fold();
    }
    // The release with the highest possible number of contributions.
    while (world.state.releases.size < 64) {
      await registerAsset(world, world.admin);
      await world.fold();
    }
    const open = [...world.state.releases.values()].filter(({ byGrant, retired, floorPpm }) => {
      return !byGrant && !retired && floorPpm <= 10_000;
    });
    const contributions = open.slice(0, 64).map(({ id }) => ({ release: id, weight: 10_000 }));
    await registerAsset(world, world.admin, { contributions });
    await world.fold();
    expect(contributions.length).to.be.above(30);
    expect(rebuilt()).to.equal(await rootOnChain());
  });
});
