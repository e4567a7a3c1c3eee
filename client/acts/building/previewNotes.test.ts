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
        "The release keeps 60 % of everything it receives, for its own asset.",
        "The floor of the release is 2 %: this part of every fee paid to anything built on it must reach it.",
      ],
      warnings: [],
    });
    expect(previewNotes({ ...PREVIEW, floor: 0 }, 0).notes[1]).to.contain("asks for no part of the fees");
  });

  it("state that a floor is inherited, and warn above one half", () => {
    const { notes, warnings } = previewNotes({ ...PREVIEW, floor: 600_000, floorIsHigh: true }, 0);
    expect(notes[1]).to.contain("must reach it. It inherits this from its contributions; you declared 0 %.");
    expect(warnings).to.deep.equal([
      "The floor of the release would be 60 %, more than half, so that hardly anyone could build on it. Set a lower floor. If it is inherited, raise the weight of the release that it comes from.",
    ]);
  });
});
