import { expect } from "chai";
import { whenAborted } from "./abortable.ts";

describe("whenAborted", () => {
  it("resolves when the signal aborts, and if it has aborted before", async () => {
    const stop = new AbortController();
    let isOver = false;
    const waiting = whenAborted(stop.signal).then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).to.equal(false);
    stop.abort();
    await waiting;
    await whenAborted(stop.signal);
  });
});
