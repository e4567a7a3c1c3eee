import { expect } from "chai";
import { type QuirkName, QUIRK_NAMES } from "../rpc/quirks/quirks.ts";
import { type HostileChain, startHostileChain } from "./hostileChain.ts";
import { runCells } from "./runCells.ts";

/** Quirks that end by themselves, or to which an indexer reacts as to another one. */
const NOT_PAIRED: ReadonlySet<QuirkName> = new Set<QuirkName>([
  "deadFirstContact",
  "wrongChain",
  "batchForbidden",
  "batchErrorObject",
  "batchFirstOnly",
  "finalizedNull",
  "nullRoundsAsBefore",
  "errorHttp400",
  "rate32005",
  "rate32029",
  "rate32603",
  "rateNested",
  "rateHttp403",
  "logsDisabled",
]);

const PAIRED = QUIRK_NAMES.filter((name) => !NOT_PAIRED.has(name));

/** All pairs take most of an hour, so only a long run has them. */
const isLong = process.env.FUZZ === "long";

/** Defines the tests of all pairs of quirks of one provider. */
export function describePairs(isPaired: boolean): void {
  describe(`an indexer of a provider with two quirks, ${isPaired ? "beside an honest one" : "alone"}`, function () {
    this.timeout(600_000);
    let chain: HostileChain;

    before(async () => {
      chain = await startHostileChain();
    });
    after(() => chain?.stop());

    for (const [i, quirk] of isLong ? PAIRED.slice(0, -1).entries() : []) {
      it(`${quirk} and another one`, async () => {
        const cells = PAIRED.slice(i + 1).map((other) => ({ quirks: [quirk, other], isPaired }));
        const broken = await runCells(chain, cells, 30_000);
        expect(broken, broken.join("\n")).to.deep.equal([]);
      });
    }
  });
}
