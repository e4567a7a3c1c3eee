import { expect } from "chai";
import { parseGwei } from "viem";
import { UserError } from "#protocol/userError.ts";
import { feeRulesOf } from "#protocol/networks/fees.ts";
import type { FeeChoice } from "./feeOptions.ts";
import { priceOf, Prices, raisedPrice, withinAgreed } from "./prices.ts";
import { readUnderpriced } from "./underpriced.ts";

const gwei = (number: number) => parseGwei(String(number));
const AMOY = feeRulesOf(80_002);
const UNKNOWN = feeRulesOf(4_242);
const refusal = (message: string) => readUnderpriced(message) ?? expect.fail(`not recognised: ${message}`);
const choiceOf = ({ tip, maxFee }: { tip?: number; maxFee?: number }): FeeChoice => ({
  ...(tip !== undefined && { tip: gwei(tip) }),
  ...(maxFee !== undefined && { maxFee: gwei(maxFee) }),
});

/** Base fee and suggestion in gwei, the choice, then the tip and the highest price in gwei, and what is said. */
type Row = [number | null, number, { tip?: number; maxFee?: number }, typeof AMOY, number, number, string?];

describe("priceOf", () => {
  const rows: Record<string, Row> = {
    "follows the node where nothing is known": [1, 1.5, {}, UNKNOWN, 1.5, 3.5],
    "offers the least that the network takes": [1, 1.5, {}, AMOY, 25, 27, "Polygon Amoy takes nothing below 25 gwei"],
    "follows a higher suggestion": [1, 31, {}, AMOY, 31, 33],
    "offers nothing on a chain without fees": [0, 0, {}, UNKNOWN, 0, 0],
    "offers the least also where the node suggests nothing": [0, 0, {}, AMOY, 25, 25, "takes nothing below 25"],
    "cuts an absurd tip": [1, 9_000_000, {}, AMOY, 1_000, 1_002, "--tip sets another tip"],
    "cuts an absurd tip of an unknown network": [1, 9_000_000, {}, UNKNOWN, 1_000, 1_002, "far above what is usual"],
    "takes the tip that was chosen": [1, 1.5, { tip: 30 }, AMOY, 30, 32],
    "takes a chosen tip above the usual": [1, 1.5, { tip: 5_000 }, AMOY, 5_000, 5_002],
    "takes the highest price that was chosen": [1, 1.5, { maxFee: 60 }, AMOY, 25, 60, "takes nothing below 25"],
    "keeps a suggested tip within the chosen price": [1, 40, { maxFee: 30 }, AMOY, 30, 30],
    "takes both": [1, 1.5, { tip: 26, maxFee: 27 }, AMOY, 26, 27],
    "follows the price of a chain without EIP-1559": [null, 7, {}, UNKNOWN, 7, 7],
    "offers the least there, too": [null, 1, {}, AMOY, 25, 25, "suggests a price of 1 gwei"],
    "cuts an absurd price there": [null, 10 ** 8, {}, UNKNOWN, 20_000, 20_000, "--max-fee sets another price"],
    "stays below the chosen price there": [null, 7, { maxFee: 5 }, UNKNOWN, 5, 5],
  };
  for (const [title, [base, suggested, choice, rules, tip, most, note]] of Object.entries(rows)) {
    it(title, () => {
      const market = { baseFeePerGas: base === null ? null : gwei(base), suggested: gwei(suggested) };
      const price = priceOf(market, rules, choiceOf(choice));
      expect(price.offer).to.deep.equal(
        base === null ? { gasPrice: gwei(tip) } : { maxFeePerGas: gwei(most), maxPriorityFeePerGas: gwei(tip) },
      );
      expect(price.most).to.equal(gwei(most));
      expect(price.now <= price.most).to.equal(true);
      if (note === undefined) expect(price.notes).to.equal(undefined);
      else expect(price.notes?.join(" ")).to.contain(note);
    });
  }

  const refused: [string, number | null, { tip?: number; maxFee?: number }, typeof AMOY, string][] = [
    ["a tip below what the network takes", 1, { tip: 24 }, AMOY, "takes no tip below 25 gwei. Give --tip 25"],
    ["a highest price below that", 1, { maxFee: 20 }, AMOY, "--max-fee 20 gwei is too low"],
    ["a tip above the highest price", 1, { tip: 40, maxFee: 30 }, AMOY, "Lower --tip or raise --max-fee"],
    ["a highest price below the base fee", 50, { maxFee: 30 }, AMOY, "asks for 50 gwei"],
    ["a tip on a chain without EIP-1559", null, { tip: 1 }, UNKNOWN, "This chain has no tips"],
    ["a price below the least on such a chain", null, { maxFee: 1 }, AMOY, "takes nothing below 25 gwei"],
  ];
  for (const [title, base, choice, rules, reason] of refused) {
    it(`refuses ${title}`, () => {
      const market = { baseFeePerGas: base === null ? null : gwei(base), suggested: gwei(1) };
      expect(() => priceOf(market, rules, choiceOf(choice))).to.throw(UserError, reason);
    });
  }
});

describe("raisedPrice", () => {
  const price = priceOf({ baseFeePerGas: gwei(10), suggested: gwei(1.5) }, UNKNOWN);
  const raise = (message: string, choice = {}) => raisedPrice(price, refusal(message), UNKNOWN, choiceOf(choice));
  const AMOY_REFUSAL = "transaction underpriced: gas tip cap 1500000000, minimum needed 25000000000";

  it("offers the tip that the node names", () => {
    const { offer, most, now, notes } = raise(AMOY_REFUSAL);
    expect(offer).to.deep.equal({ maxFeePerGas: gwei(45), maxPriorityFeePerGas: gwei(25) });
    expect([most, now]).to.deep.equal([gwei(45), gwei(35)]);
    expect(notes).to.deep.equal(["The node refused a tip of 1.5 gwei. 25 gwei is offered instead."]);
  });

  it("doubles the tip if the node names none, from 1 gwei on", () => {
    expect(raise("transaction underpriced").offer).to.deep.include({ maxPriorityFeePerGas: gwei(3) });
    const nothing = priceOf({ baseFeePerGas: 0n, suggested: 0n }, UNKNOWN);
    const raised = raisedPrice(nothing, refusal("transaction underpriced"), UNKNOWN);
    expect(raised.offer).to.deep.equal({ maxFeePerGas: gwei(1), maxPriorityFeePerGas: gwei(1) });
  });

  it("leaves room above a base fee that has risen, and keeps the tip", () => {
    const message =
      "max fee per gas less than block base fee: address 0x00, maxFeePerGas: 21500000000, baseFee: 30000000000";
    expect(raise(message).offer).to.deep.equal({ maxFeePerGas: gwei(61.5), maxPriorityFeePerGas: gwei(1.5) });
  });

  it("takes a least price that is not the tip's for the whole price first, then for the tip", () => {
    const message = "Gas price below configured minimum gas price 25000000000";
    const first = raise(message);
    expect(first.offer).to.deep.equal({ maxFeePerGas: gwei(25), maxPriorityFeePerGas: gwei(1.5) });
    const second = raisedPrice(first, refusal(message), UNKNOWN);
    expect(second.offer).to.deep.include({ maxPriorityFeePerGas: gwei(25) });
  });

  it("stays within the choice and what is usual, and names the option", () => {
    expect(() => raise(AMOY_REFUSAL, { tip: 1.5 })).to.throw(UserError, "more than --tip 1.5 gwei allows");
    expect(() => raise(AMOY_REFUSAL, { maxFee: 21.5 })).to.throw(UserError, "more than --max-fee 21.5 gwei allows");
    const absurd = "transaction underpriced: gas tip cap 1, minimum needed 99000000000000000";
    expect(() => raise(absurd)).to.throw(UserError, "give --tip 99000000");
    const base = "max fee per gas less than block base fee: baseFee: 99000000000000";
    expect(() => raise(base)).to.throw(UserError, "far above what is usual");
    expect(() => raise(base, { maxFee: 21.5 })).to.throw(UserError, "more than --max-fee");
  });

  it("raises the price of a chain without EIP-1559", () => {
    const legacy = priceOf({ baseFeePerGas: null, suggested: gwei(1) }, UNKNOWN);
    const raised = raisedPrice(
      legacy,
      refusal("gas price too low: 1000000000 wei, use at least tx.gasPrice = 2000000000 wei"),
      UNKNOWN,
    );
    expect(raised.offer).to.deep.equal({ gasPrice: gwei(2) });
    expect(() => raisedPrice(legacy, refusal(AMOY_REFUSAL), UNKNOWN, choiceOf({ maxFee: 5 }))).to.throw(
      UserError,
      "--max-fee 5 gwei",
    );
  });

  it("offers an eighth more to replace a pending transaction", () => {
    const { offer } = raise("replacement transaction underpriced");
    if (!("maxFeePerGas" in offer)) expect.fail("not a dynamic price");
    expect(offer.maxFeePerGas > (price.most * 112n) / 100n).to.equal(true);
    expect(offer.maxPriorityFeePerGas > (gwei(1.5) * 112n) / 100n).to.equal(true);
  });
});

describe("Prices", () => {
  it("offers what a refusal has told from then on", () => {
    const prices = new Prices(4_242);
    const market = { baseFeePerGas: gwei(1), suggested: gwei(1.5) };
    prices.raised(
      prices.of(market),
      refusal("transaction underpriced: tip needed 25000000000, tip permitted 1500000000"),
    );
    expect(prices.of(market).offer).to.deep.include({ maxPriorityFeePerGas: gwei(25) });
  });
});

describe("withinAgreed", () => {
  const at = (base: number) => priceOf({ baseFeePerGas: gwei(base), suggested: gwei(2) }, UNKNOWN);

  it("keeps what was agreed to while the transaction is mined with it", () => {
    const { price, exceeds } = withinAgreed(at(15), at(10));
    expect(exceeds).to.equal(false);
    expect(price.offer).to.deep.equal({ maxFeePerGas: gwei(22), maxPriorityFeePerGas: gwei(2) });
  });

  it("says when the base fee has doubled since", () => {
    const { price, exceeds } = withinAgreed(at(20), at(10));
    expect(exceeds).to.equal(true);
    expect(price.most).to.equal(gwei(42));
  });

  it("offers less where less is enough, and anything where nothing was agreed to", () => {
    expect(withinAgreed(at(5), at(10))).to.deep.equal({ price: at(5), exceeds: false });
    expect(withinAgreed(at(99), undefined).exceeds).to.equal(false);
  });
});
