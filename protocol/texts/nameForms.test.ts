import { expect } from "chai";
import { searchForm, wordForm } from "./nameForms.ts";

describe("searchForm", () => {
  for (const spellings of [
    ["Llama-3", "llama 3", "LLAMA_3", "Llama\u00a0 3", "Ｌｌａｍａ　３", "Lla\u200bma 3", "Llama\u20113", "Llama\n3"],
    ["Straße", "STRASSE", "straſſe"],
    ["İstanbul", "istanbul", "ISTANBUL", "ıstanbul", "i\u0307stanbul"],
    ["Café", "Cafe\u0301", "CAFE"],
    ["ΟΔΟΣ", "οδος", "οδοσ", "Οδός"],
    ["ﬁle", "file"],
    ["می\u200cخواهم", "میخواهم"],
    ["가", "\u1100\u1161"],
    ["ガ", "ｶﾞ"],
    ["GPT-4", "gpt4", "GPT 4"],
    ["C++", "c++"],
  ]) {
    it(`is the same for ${spellings.join(", ")}`, () => {
      expect(new Set(spellings.map(searchForm)).size, spellings.map(searchForm).join()).to.equal(1);
    });
  }

  it("keeps apart what has other letters, digits or symbols", () => {
    const names = ["C", "C++", "C#", "Llama 3", "Llama 4", "がき", "かき"];
    expect(new Set(names.map(searchForm)).size).to.equal(names.length - 1); // # is punctuation
  });

  it("is a text of nothing but punctuation itself", () => expect(searchForm("-_-")).to.equal("-_-"));
});

describe("wordForm", () => {
  it("keeps spaces and punctuation", () => {
    expect(wordForm("V 1.0\u00a0É")).to.equal("v 1.0 e");
    expect(wordForm("1.0")).to.not.equal(wordForm("10"));
  });
});
