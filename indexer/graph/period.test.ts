import { expect } from "chai";
import { Economy } from "../../test/support/economy/economy.ts";
import { feeRowsOf } from "./period.ts";

describe("a period", () => {
  it("contains the fees of its blocks and seconds, both ends included", () => {
    const economy = new Economy();
    economy.register();
    for (let i = 0; i < 4; i++) {
      economy.wait(10); // blocks 2 to 5, at 1010 to 1040
      economy.pay(1, 1n);
      economy.pay(1, 1n);
    }
    const rows = (period?: Parameters<typeof feeRowsOf>[1]) => {
      const { first, end } = feeRowsOf(economy.state, period);
      return [first, end];
    };
    expect(rows()).to.deep.equal([0, 8]);
    expect(rows({ fromBlock: 3n, toBlock: 4n })).to.deep.equal([2, 6]);
    expect(rows({ fromTime: 1_020, toTime: 1_030 })).to.deep.equal([2, 6]);
    expect(rows({ fromTime: 1_021 })).to.deep.equal([4, 8]);
    expect(rows({ toTime: 1_029.5 })).to.deep.equal([0, 4]);
    expect(rows({ fromBlock: 3n, toTime: 1_030 })).to.deep.equal([2, 6]);
    expect(rows({ fromBlock: 5n, toBlock: 2n })).to.deep.equal([6, 6]);
    expect(rows({ fromBlock: 9n })).to.deep.equal([8, 8]);
  });
});
