import { expect } from "chai";
import { Semaphore, TooBusy } from "./semaphore.ts";

describe("a gate", () => {
  it("lets so many in, the others in their order, and sends away whoever finds the line full", async () => {
    const gate = new Semaphore(2, 2);
    const order: number[] = [];
    const enter = (number: number) =>
      gate.enter().then((leave) => {
        order.push(number);
        return leave;
      });
    const [first, second] = await Promise.all([enter(1), enter(2)]);
    const [third, fourth] = [enter(3), enter(4)];
    expect(await gate.enter().catch((error: unknown) => error)).to.be.instanceOf(TooBusy);
    expect([order, gate.inside, gate.waiting]).to.deep.equal([[1, 2], 2, 2]);
    second();
    (await third)();
    (await fourth)();
    first();
    expect([order, gate.inside, gate.waiting]).to.deep.equal([[1, 2, 3, 4], 0, 0]);
  });

  it("lets go of who gives up waiting", async () => {
    const gate = new Semaphore(1, 1);
    const leave = await gate.enter();
    const stop = new AbortController();
    const waiting = gate.enter(stop.signal).catch((error: unknown) => error);
    stop.abort("enough");
    expect(await waiting).to.equal("enough");
    expect(gate.waiting).to.equal(0);
    leave();
    (await gate.enter())();
    expect(gate.inside).to.equal(0);
  });
});
