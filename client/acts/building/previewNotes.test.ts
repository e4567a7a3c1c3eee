import { expect } from "chai";
import { previewNotes } from "./previewDraft.ts";

const PREVIEW = {
  ownWeight: 600_000,
  floor: 20_000,
  floorIsHigh: false,
  closed: 0n,
  ancestors: [],
  truncated: false,
} as const;

describe("the notes of a preview", () => {
  it("name what it keeps and its floor", () => {
    expect(previewNotes(PREVIEW, 20_000)).to.deep.equal({
      notes: [
        "Of every fee it keeps 60 % for its own asset.",
        "Its floor: 2 % of everything built on it must reach it.",
      ],
      warnings: [],
    });
    expect(previewNotes({ ...PREVIEW, floor: 0 }, 0).notes[1]).to.contain("asks for nothing");
  });

  it("say that a floor is inherited, and warn above one half", () => {
    const { notes, warnings } = previewNotes({ ...PREVIEW, floor: 600_000, floorIsHigh: true }, 0);
    expect(notes[1]).to.contain("must reach it, inherited; 0 % was declared");
    expect(warnings).to.deep.equal([
      "Its floor would be 60 %, more than half: hardly anyone will be able to build on it.",
    ]);
  });
});
