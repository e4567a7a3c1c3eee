import { expect } from "chai";
import { Turns } from "../../scheduling/turns.ts";
import { finish, type Walk } from "../../scheduling/walk.ts";
import { CursorPool } from "./cursorPool.ts";

/** A cursor at a number. Before its first move its distance is infinite. */
class Mark {
  at = NaN;
  moves = 0;
  distanceTo(place: number): number {
    return Number.isNaN(this.at) ? Infinity : Math.abs(place - this.at);
  }
}

describe("CursorPool", () => {
  let made: Mark[];
  let pool: CursorPool<Mark>;
  beforeEach(() => {
    made = [];
    pool = new CursorPool(2, () => {
      const mark = new Mark();
      made.push(mark);
      return mark;
    });
  });

  /** Uses a cursor at a place for a few steps, and returns its number. */
  const visit = (place: number, steps = 3): Walk<number> =>
    pool.use(place, function* (mark) {
      mark.at = place;
      mark.moves++;
      for (let i = 0; i < steps; i++) yield;
      return made.indexOf(mark);
    });

  it("lends the nearest free cursor, and makes another if all are far, up to its limit", () => {
    expect(finish(visit(1_000))).to.equal(0);
    expect(finish(visit(1_001))).to.equal(0);
    expect(finish(visit(5_000))).to.equal(1);
    expect(finish(visit(1_050))).to.equal(0);
    expect(finish(visit(9_000)), "the cursor that has been free for the longest time").to.equal(1);
    expect(finish(visit(1_051))).to.equal(0);
    expect(made.length).to.equal(2);
  });

  it("makes concurrent walks wait for a cursor that will be near, instead of moving one from afar", async () => {
    const turns = new Turns();
    const near = Array.from({ length: 40 }, (_, i) => turns.walk(() => visit(100 + i, 20)));
    const far = turns.walk(() => visit(100_000));
    expect(new Set(await Promise.all(near))).to.deep.equal(new Set([0]));
    expect(await far).to.equal(1);
    expect(made.map(({ moves }) => moves)).to.deep.equal([40, 1]);
  });

  it("lets all walks end, however many wait, while long walks without cursors run", async () => {
    const turns = new Turns();
    const slow = function* (): Walk<string> {
      for (const end = performance.now() + 5; performance.now() < end;) yield;
      return "done";
    };
    const walks = Array.from({ length: 30 }, (_, i) => [
      turns.walk(() => visit(i * 1_000, 5_000)).then(() => "done"),
      turns.walk(slow),
    ]);
    expect(new Set(await Promise.all(walks.flat()))).to.deep.equal(new Set(["done"]));
    expect(made.length).to.equal(2);
  });

  it("drops the cursor of an aborted walk, and lends the next walk another", async () => {
    const turns = new Turns();
    const abort = new AbortController();
    const endless = () =>
      pool.use(7, function* () {
        for (;;) yield;
      });
    const unwanted = turns.walk(endless, { signal: abort.signal }).catch((error: Error) => error.message);
    const next = turns.walk(() => visit(8));
    abort.abort(new Error("gone"));
    expect(await unwanted).to.equal("gone");
    expect(await next).to.equal(1);
  });

  it("does not wait in a walk that `finish` runs", () => {
    const one = visit(7);
    one.next();
    expect(finish(visit(7))).to.equal(1);
    expect(finish(one)).to.equal(0);
    expect(finish(visit(7))).to.be.oneOf([0, 1]);
    expect(made.length).to.equal(2);
  });

  it("refuses a walk if too many are waiting", async () => {
    const turns = new Turns();
    const end = new AbortController();
    const holding = turns.walk(() =>
      pool.use(7, function* () {
        while (!end.signal.aborted) yield;
      }),
    );
    const others = Array.from({ length: 69 }, () => turns.walk(() => visit(7)));
    const refused: string[] = [];
    for (const each of others) void each.catch(({ name }: Error) => refused.push(name));
    while (refused.length < 5) await new Promise((resolve) => setImmediate(resolve));
    end.abort();
    await holding;
    await Promise.allSettled(others);
    expect(refused).to.deep.equal(Array.from({ length: 5 }, () => "TooBusy"));
  });
});
