import { expect } from "chai";
import { searchTarget } from "./searchTarget.ts";

describe("searchTarget", () => {
  for (const [text, target] of [
    ["0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "#/accounts/0x70997970c51812dc3a010c7d01b50e0d17dc79c8"],
    ["0X70997970C51812DC3A010C7D01B50E0D17DC79C8", "#/accounts/0x70997970c51812dc3a010c7d01b50e0d17dc79c8"],
    ["0x70997970c51812dc3A010C7d01b50e0d17dc79C8", "#/accounts/0x70997970c51812dc3A010C7d01b50e0d17dc79C8"],
    [
      "\ufeff 0x70997970c51812dc3a010c7d01b50e0d17dc79c8\u200b",
      "#/accounts/0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
    ],
    ["#7", "#/releases/7"],
    ["12-3", "#/fees/12-3"],
    [`0x${"AB".repeat(32)}`, `#/fees?reference=0x${"ab".repeat(32)}`],
    ["corpus", "#/assets?search=corpus"],
    ["", "#/assets"],
    ["7", "#/assets?search=7"],
    ["#seven", "#/assets?search=%23seven"],
    ["0x1234", "#/assets?search=0x1234"],
    [`#${"9".repeat(16)}`, `#/assets?search=%23${"9".repeat(16)}`],
    ["1-2-3", "#/assets?search=1-2-3"],
    ["a?b=c&d#/wallet", "#/assets?search=a%3Fb%3Dc%26d%23%2Fwallet"],
  ] as const) {
    it(`leads from ${JSON.stringify(text)} to ${target}`, () => {
      expect(searchTarget(text)).to.equal(target);
    });
  }
});
