import { expect } from "chai";
import { progressMeter, showProgress } from "./progress.ts";

describe("progress", () => {
  it("computes rate and remaining time from the last ten seconds", () => {
    let ms = 0;
    const meter = progressMeter(() => ms);
    expect(meter({ block: 100n, target: 1_100n, events: 10 })).to.include({ events: 10, secondsLeft: undefined });
    for (let i = 1n; i <= 20n; i++) {
      ms += 1_000;
      const events = i <= 8n ? 0 : 500;
      const progress = meter({ block: 100n + 20n * i, target: 1_100n, events });
      expect(progress.secondsLeft).to.equal(50 - Number(i));
      if (i === 20n) expect(progress).to.include({ eventsPerSecond: 500, events: 6_010 });
    }
    expect(meter({ block: 1_200n, target: 1_100n, events: 0 })).to.include({ target: 1_200n, secondsLeft: 0 });
  });

  it("is shown as lines of JSON without a terminal, but not for every new block", () => {
    let ms = 0;
    const lines: Record<string, unknown>[] = [];
    const write = (text: string) => lines.push(JSON.parse(text) as Record<string, unknown>);
    const { update } = showProgress(7, { write }, () => ms);
    const progress = { events: 5, eventsPerSecond: 2.6, secondsLeft: 9.4 };
    for (let block = 0n; block < 100n; block++, ms += 100) update({ ...progress, block, target: 100n });
    for (let block = 100n; block < 110n; block++) update({ ...progress, block, target: block, secondsLeft: 0 });
    expect(lines.map(({ message, block }) => `${String(message)} ${String(block)}`)).to.deep.equal([
      "indexing 0",
      "indexing 50",
      "caught up 100",
    ]);
    expect(lines[0]).to.include({ chainId: 7, target: "100", events: 5, eventsPerSecond: 3, secondsLeft: 9 });
  });
});
