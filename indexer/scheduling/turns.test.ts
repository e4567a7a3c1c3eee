import { expect } from "chai";
import type { Walk } from "./walk.ts";
import { Turns, WalkTooLong } from "./turns.ts";

/** A walk that yields until it is told to end. */
function* until(ended: () => boolean, seen: string[], name: string): Walk<string> {
  try {
    while (!ended()) yield;
    return name;
  } finally {
    seen.push(name);
  }
}

describe("Turns", () => {
  it("lets walks take turns, and changes nothing while they run", async () => {
    const turns = new Turns();
    const order: string[] = [];
    let end = false;
    const long = turns.walk(() => until(() => end, order, "long"));
    const short = turns.walk(() => until(() => true, order, "short"));
    const change = turns.change(() => order.push("change"));
    const later = turns.walk(() => until(() => true, order, "later"));
    expect(await short).to.equal("short");
    end = true;
    expect(await Promise.all([long, later])).to.deep.equal(["long", "later"]);
    await change;
    expect(order).to.deep.equal(["short", "long", "change", "later"]);
  });

  it("ends a walk that takes too long or whose caller has gone, and goes on", async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const tooLong = await turns
      .walk(() => until(() => false, seen, "endless"), { timeoutMs: 20 })
      .catch((error: unknown) => error);
    expect(tooLong).to.be.instanceOf(WalkTooLong);
    const abort = new AbortController();
    const aborted = turns.walk(() => until(() => false, seen, "unwanted"), { signal: abort.signal });
    abort.abort(new Error("gone"));
    expect(await aborted.catch((error: Error) => error.message)).to.equal("gone");
    expect(seen).to.deep.equal(["endless", "unwanted"]);
    await turns.change(() => seen.push("change"));
    expect(seen.at(-1)).to.equal("change");
  });

  it("makes changes one after the other, also after a failed one", async () => {
    const turns = new Turns();
    const order: number[] = [];
    const failed = turns
      .change(() => {
        throw new Error("no");
      })
      .catch((error: Error) => error.message);
    await Promise.all([turns.change(() => order.push(1)), turns.change(() => order.push(2))]);
    expect(await failed).to.equal("no");
    expect(order).to.deep.equal([1, 2]);
  });
});
