import { expect } from "chai";
import { type Address, getAddress } from "viem";
import { knownDeadEnd } from "./knownDeadEnds.ts";

describe("dead ends that are known on every chain", () => {
  it("are told from addresses that somebody may have searched for", () => {
    const vanity: Address[] = [
      // Zeros in front, as many as a search can reach.
      "0x00000000000000ADc04C56Bf30aC9d3c0aAF14dC",
      "0xdead0000000000000000000a1b2c3d4e5f607182",
      "0x1111111111111111111111111111111111111112",
    ].map((address) => getAddress(address.toLowerCase()));
    for (const address of vanity) expect([address, knownDeadEnd(address)]).to.deep.equal([address, undefined]);
  });

  it("are addresses with more zeros than a search can reach, wherever they stand", () => {
    for (const address of [
      "0x0000000000000000000000000000000000010000",
      "0x00000000000000000000000000000000deadbeef",
      "0x4200000000000000000000000000000000000006",
      "0x12345678000000000000000000000000abcdef00",
    ] as const) {
      expect(knownDeadEnd(address)).to.equal("an address for which nobody can have a key: it has too many zeros");
    }
  });
});
