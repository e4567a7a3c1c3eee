import { expect } from "chai";
import { plainText, replaceUnsafe } from "./plainText.ts";
import { printable } from "./printable.ts";

const UNNEEDED = ["\u200c", "\u200d", "\ufe0f", "\u{e0100}", "\u{e0041}", "\u180b", "\u00ad", "\u034f", "\u200b"];

describe("plainText", () => {
  for (const text of [
    "",
    "Grüße, 世界",
    "§ 12 – “quoted”",
    "می\u200cخواهم", // Persian: the parts of the word are not joined
    "क्\u200dष", // Hindi: half a letter instead of a ligature
    "അവന്\u200d", // Malayalam: the last letter without its vowel
    "ᠰᠠᠷ\u180eᠠ", // Mongolian: the vowel at the end stands apart
    "👩‍👩‍👧‍👦 👩🏽‍🔬 ❤️‍🔥 🏳️‍🌈",
    "1️⃣ ☎️ ©︎",
    "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}", // the flag of Scotland
    "葛\u{e0100}飾区",
    "\u06dd۱۲", // a sign around a number, which is a format character, but visible
    "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ", // Tibetan: several marks on a letter
    "Z\u0301\u0302",
    "\ufffd",
    "\u{1fae9}", // a character that older runtimes do not know
  ]) {
    it(`keeps ${JSON.stringify(text)}`, () => {
      expect(plainText(text)).to.equal(text);
      expect(printable(text)).to.equal(text);
    });
  }

  for (const [text, plain] of [
    ["a\u202eb\u0000c\n\n d\u2066", "abc d"],
    ["\u001b[2J\u009b", "[2J"],
    ["Llama\u00a03\u2028x", "Llama 3 x"],
    ["\ud83d lone \ude00", "lone"],
    [`a${"🦙".repeat(2)}\ud83e`, "a🦙🦙"],
    ["\ufdd0\uffff\u{1ffff}\u{10ffff}\ue000x", "x"],
    ["ignore\u{e0061}\u{e0062}\u{e007f} this", "ignore this"],
    [`Z${"\u0301".repeat(50)}`, "Z\u0301\u0301\u0301\u0301"],
    [`😀${"\ufe0f".repeat(50)}`, "😀\ufe0f"],
    [`ب${"\u200d".repeat(50)}`, "ب\u200d"],
    [`ب${"\u064e\u200d".repeat(50)}`, "ب\u064e\u200d\u064e\u200d"],
    ["\u200b \u3164\u2800\u00ad\u200d\u0301", ""],
    ["\ufe0f\u200d", ""],
    ["a \u200b b", "a b"],
  ] as const) {
    it(`turns ${JSON.stringify(text)} into ${JSON.stringify(plain)}`, () => expect(plainText(text)).to.equal(plain));
  }

  it("leaves no invisible character between or after Latin letters, or at an end", () => {
    for (const each of UNNEEDED) {
      for (const text of [`Ac${each}me`, `Acme${each}`, `${each}Acme`, `Ac${each}${each}me`]) {
        expect(plainText(text), JSON.stringify(text)).to.equal("Acme");
      }
    }
  });

  it("cuts between code points, and leaves nothing that is needed no longer", () => {
    expect(plainText("😀😀😀", 2)).to.equal("😀😀");
    expect(plainText("x👩‍👩", 3)).to.equal("x👩");
    expect(plainText("a b", 2)).to.equal("a");
    expect(plainText("🏴\u{e0067}\u{e0062}\u{e007f}", 3)).to.equal("🏴");
  });

  it("changes a text once at most, and leaves it well formed, whatever it is made of", () => {
    const pieces = [
      "a",
      " ",
      "👩",
      "\u200d",
      "\ufe0f",
      "ب",
      "\u064e",
      "\u0301",
      "क",
      "\u094d",
      "\ud83e",
      "\u180b",
      "ᠠ",
    ];
    const more = ["1", "\u20e3", "\u{1f3f4}", "\u{e0067}", "\u{e007f}", "\u{e0100}", "葛", "\u3164", "\n", "\u200c"];
    const all = [...pieces, ...more];
    let at = 1;
    const next = () => all[(at = (at * 48_271) % 2_147_483_647) % all.length] ?? "";
    for (let round = 0; round < 5_000; round++) {
      const text = Array.from({ length: 7 }, next).join("");
      for (const plain of [plainText(text), plainText(text, 4), replaceUnsafe(text, "")]) {
        expect(plain.isWellFormed(), JSON.stringify(text)).to.equal(true);
        expect(replaceUnsafe(plain, "!"), JSON.stringify(text)).to.equal(plain);
      }
      expect(plainText(plainText(text)), JSON.stringify(text)).to.equal(plainText(text));
      expect(plainText(plainText(text, 4), 4), JSON.stringify(text)).to.equal(plainText(text, 4));
    }
  });

  it("takes time in proportion to the text", () => {
    for (const piece of ["\u200d", "👩\u200d", "ب\u200d\u064e", "\u{1f3f4}\u{e0067}", "Z\u0301", " \u200b"]) {
      expect(plainText(piece.repeat(50_000), 200).length, JSON.stringify(piece)).to.be.at.most(400);
    }
  });
});

describe("printable", () => {
  it("shows where a character could control a terminal or mislead its reader", () => {
    expect(printable("a\u001b[2J\u202eb\nAc\u200dme\0\ud800")).to.equal("a�[2J�b�Ac�me��");
  });
});
