import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { createLog } from "./log.ts";

function logTo(isTTY: boolean) {
  const lines: string[] = [];
  const log = createLog({ isTTY, write: (text) => lines.push(text) }, () => new Date(0));
  return { log, lines };
}

describe("the log", () => {
  it("writes lines of JSON without a terminal", () => {
    const { log, lines } = logTo(false);
    log.info("caught up", { block: 7n, chainId: 1 });
    expect(lines).to.deep.equal([
      '{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"caught up","block":"7","chainId":1}\n',
    ]);
  });

  it("writes plain lines on a terminal", () => {
    const { log, lines } = logTo(true);
    log.info("caught up", { block: 7n });
    expect(lines).to.deep.equal(["caught up (block 7)\n"]);
  });

  it("writes all of an unexpected error, and only the message of a UserError", () => {
    const { log, lines } = logTo(false);
    log.error("It cannot go on.", new Error("outer", { cause: new Error("inner") }));
    log.error("It cannot go on:", new UserError("The disk is full."));
    expect(lines[0]).to.contain("outer").and.to.contain("inner").and.to.contain("log.test.ts");
    expect((JSON.parse(lines[1] ?? "") as { message: string }).message).to.equal("It cannot go on: The disk is full.");
  });

  it("makes strangers' texts harmless to a terminal and to strict readers of JSON", () => {
    const odd = "refused\u001b[2J\u0000\ud83e\nbecause";
    for (const [isTTY, shown] of [
      [true, "refused�[2J��\nbecause\n"],
      [false, String.raw`refused\u001b[2J��\nbecause`],
    ] as const) {
      const { log, lines } = logTo(isTTY);
      log.info(odd);
      expect(lines[0]).to.contain(shown);
    }
  });

  for (const isTTY of [true, false]) {
    it(`keeps secrets out of ${isTTY ? "a terminal" : "JSON"}, wherever they are`, () => {
      const { log, lines } = logTo(isTTY);
      const url = "https://user:KEY@node.example/KEY?k=KEY";
      log.info(`asking ${url}`, { url });
      log.error("", new Error(`no answer of ${url}`, { cause: new Error(url) }));
      expect(lines.join("")).to.contain("node.example").and.not.to.contain("KEY");
    });
  }
});
