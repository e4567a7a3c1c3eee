import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { chainReader } from "../support/economy/chainReader.ts";
import { differences } from "../support/economy/differences.ts";
import { randomStep, startWorld, STEP_NAMES } from "./world.ts";
import { isBrief, itAtLength } from "../support/atLength.ts";

const LONG = process.env.FUZZ === "long";
const [SEEDS, STEPS] = LONG ? [200, 400] : isBrief ? [1, 80] : [4, 200];
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);

describe("random programs on the contracts and on the fold", function () {
  this.timeout(LONG ? 24 * 3_600_000 : 240_000);
  const worked = new Set<string>();
  let chain: LocalChain;
  beforeEach(async () => {
    chain = await startLocalChain();
  });
  afterEach(() => chain.close());

  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    it(`lead to the same state after every block (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const world = await startWorld(chain);
      const reader = chainReader(chain.url, world.ledgerAddress);
      let refused = 0;
      for (let i = 0; i < STEPS; i++) {
        const { name, send } = randomStep(world, random);
        try {
          await (await send()).wait();
          worked.add(name);
        } catch (error) {
          // The contracts refused the step. Any other error is a fault of the test.
          if (!/revert/i.test(String(error))) throw error;
          refused++;
        }
        await world.fold();
        const { differing } = await differences(world.state, reader);
        expect(differing, `after step ${i}, ${name}`).to.deep.equal([]);
      }
      expect(refused, "refusals").to.be.at.least(1);
    });
  }

  itAtLength("have called every entry point successfully", () => {
    expect([...worked]).to.have.members(STEP_NAMES);
  });
});
