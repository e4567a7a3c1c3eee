import { expect } from "chai";
import { Semaphore, TooBusy } from "./semaphore.ts";

describe("a semaphore", () => {
  it("admits one caller for each permit, then the others in order, and refuses when the queue is full", async () => {
    const semaphore = new Semaphore(2, 2);
    const order: number[] = [];
    const acquire = (number: number) =>
      semaphore.acquire().then((release) => {
        order.push(number);
        return release;
      });
    const [first, second] = await Promise.all([acquire(1), acquire(2)]);
    const [third, fourth] = [acquire(3), acquire(4)];
    expect(await semaphore.acquire().catch((error: unknown) => error)).to.be.instanceOf(TooBusy);
    expect([order, semaphore.inUse, semaphore.waiting]).to.deep.equal([[1, 2], 2, 2]);
    second();
    (await third)();
    (await fourth)();
    first();
    expect([order, semaphore.inUse, semaphore.waiting]).to.deep.equal([[1, 2, 3, 4], 0, 0]);
  });

  it("drops a caller that gives up waiting", async () => {
    const semaphore = new Semaphore(1, 1);
    const release = await semaphore.acquire();
    const stop = new AbortController();
    const waiting = semaphore.acquire(stop.signal).catch((error: unknown) => error);
    stop.abort("enough");
    expect(await waiting).to.equal("enough");
    expect(semaphore.waiting).to.equal(0);
    release();
    (await semaphore.acquire())();
    expect(semaphore.inUse).to.equal(0);
  });
});
