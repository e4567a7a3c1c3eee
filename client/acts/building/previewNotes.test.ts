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
  it("state the part that it keeps and its floor", () => {
    expect(previewNotes(PREVIEW, 20_000)).to.deep.equal({
      notes: [
        "It keeps 60 % of every fee for its own asset.",
        "Its floor is 2 %: this part of every fee paid to anything built on it must reach it.",
      ],
      warnings: [],
    });
    expect(previewNotes({ ...PREVIEW, floor: 0 }, 0).notes[1]).to.contain("asks for no part of the fees");
  });

  it("state that a floor is inherited, and warn above one half", () => {
    const { notes, warnings } = previewNotes({ ...PREVIEW, floor: 600_000, floorIsHigh: true }, 0);
    expect(notes[1]).to.contain("must reach it. It inherits this from its contributions; you declared 0 %.");
    expect(warnings).to.deep.equal([
      "Its floor would be 60 %, more than half, so that hardly anyone could build on it. Declare a lower floor, or give the release that it inherits the floor from a higher weight.",
    ]);
  });
});
