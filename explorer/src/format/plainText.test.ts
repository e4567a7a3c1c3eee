import { expect } from "chai";
import { plainText } from "./plainText.ts";

describe("plainText", () => {
  it("turns any text into one harmless line", () => {
    expect(plainText("a\u202eb\u0000c\n\n d\u2066")).to.equal("abc d");
    expect(plainText("Z" + "\u0301".repeat(50))).to.equal("Z\u0301\u0301\u0301\u0301");
    expect([...plainText("x".repeat(10_000))].length).to.equal(80);
    expect(plainText("\u200b\u200b")).to.equal("");
    expect(plainText("👩‍🔬".repeat(3))).to.equal("👩‍🔬".repeat(3));
    expect(plainText("می\u200cخواهم")).to.equal("می\u200cخواهم");
    expect(plainText("Ac\u200cme")).to.equal("Acme");
  });

  it("cuts between characters, not inside them", () => {
    expect(plainText("😀😀", 2)).to.equal("😀😀");
    expect(plainText("😀😀😀", 2)).to.equal("😀…");
    expect(plainText("ab", 2)).to.equal("ab");
    expect(plainText("abc", 2)).to.equal("a…");
    expect(plainText("abc", 1)).to.equal("…");
    expect(plainText("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2)).to.equal("👩‍👩‍👧‍👦👩‍👩‍👧‍👦");
    expect(plainText("👩‍👩‍👧‍👦👩‍👩‍👧‍👦a", 2)).to.equal("👩‍👩‍👧‍👦…");
    expect(plainText(`${"e\u0301".repeat(3)}`, 2)).to.equal("e\u0301…");
  });

  it("leaves no half of a character at the end of a long text", () => {
    expect(plainText(`${" ".repeat(16)}😀`, 2)).to.equal("");
    expect(plainText(`${" ".repeat(15)}😀`, 2)).to.equal("😀");
    expect(plainText("\ud83d lone \ude00")).to.equal("lone");
  });

  it("is short, even if its characters have no end", () => {
    for (const text of ["👩‍".repeat(5_000), "क्\u200d".repeat(5_000), "x\u0301".repeat(5_000)]) {
      expect([...plainText(text, 10)].length, text.slice(0, 8)).to.be.at.most(81);
    }
  });

  it("keeps plain text unchanged", () => {
    for (const text of ["", "a", "Grüße, 世界", "a ﷽ b", "§ 12 – “quoted”"]) expect(plainText(text)).to.equal(text);
    expect(plainText(plainText("x".repeat(200)))).to.equal(plainText("x".repeat(200)));
  });
});
