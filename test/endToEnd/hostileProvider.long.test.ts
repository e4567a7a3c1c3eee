import { expect } from "chai";
import { type HostileChain, startHostileChain } from "../support/hostile/hostileChain.ts";
import { runCells } from "../support/hostile/runCells.ts";
import { QUIRK_NAMES } from "../support/rpc/quirks/quirks.ts";

describe("an indexer of a hostile provider (support/rpc/quirks)", function () {
  this.timeout(300_000);
  let chain: HostileChain;

  before(async () => {
    chain = await startHostileChain();
  });
  after(() => chain?.stop());

  for (const isPaired of [false, true]) {
    describe(isPaired ? "beside an honest one" : "alone", () => {
      it("neither stops nor exits nor serves wrong data without any quirk", async () => {
        expect(await runCells(chain, [{ quirks: [], isPaired }], 30_000)).to.deep.equal([]);
      });
      it("neither stops for ever nor exits nor serves wrong data, whatever the quirk", async () => {
        const cells = QUIRK_NAMES.map((quirk) => ({ quirks: [quirk], isPaired }));
        const broken = await runCells(chain, cells, 30_000);
        expect(broken, broken.join("\n")).to.deep.equal([]);
      });
    });
  }
});
