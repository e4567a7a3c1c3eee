import { expect } from "chai";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createdBy,
  dropCutLine,
  failedReads,
  type JournalLine,
  readIgnitionJournal,
  unrecordedTransactions,
} from "./ignitionJournal.ts";

const line = (type: string, futureId: string, nonce?: number, networkInteractionId = 1): JournalLine => ({
  type,
  futureId,
  networkInteractionId,
  nonce,
});

describe("unrecordedTransactions", () => {
  it("lists nothing while each nonce has its hash", () => {
    expect(unrecordedTransactions([])).to.deep.equal([]);
    const whole = [line("TRANSACTION_PREPARE_SEND", "A", 3), line("TRANSACTION_SEND", "A", 3)];
    expect(unrecordedTransactions(whole)).to.deep.equal([]);
  });

  it("lists a nonce that was written without a hash after it", () => {
    const journal = [
      line("TRANSACTION_PREPARE_SEND", "A", 3),
      line("TRANSACTION_PREPARE_SEND", "B", 4),
      line("TRANSACTION_SEND", "A", 3),
    ];
    expect(unrecordedTransactions(journal)).to.deep.equal([{ futureId: "B", nonce: 4 }]);
  });

  it("forgets a nonce of a future that was wiped, or that another transaction used", () => {
    for (const type of ["WIPE_APPLY", "ONCHAIN_INTERACTION_REPLACED_BY_USER"]) {
      const journal = [line("TRANSACTION_PREPARE_SEND", "A", 3), line(type, "A")];
      expect(unrecordedTransactions(journal), type).to.deep.equal([]);
      expect(unrecordedTransactions([...journal, line("TRANSACTION_PREPARE_SEND", "A", 5)])).to.deep.equal([
        { futureId: "A", nonce: 5 },
      ]);
    }
  });
});

describe("failedReads", () => {
  const begun = { type: "STATIC_CALL_EXECUTION_STATE_INITIALIZE", futureId: "R.ledger" };
  const ended = (futureId: string, result: string, type = "STATIC_CALL") => ({
    type: `${type}_EXECUTION_STATE_COMPLETE`,
    futureId,
    result: { type: result },
  });

  it("lists reads that failed or were not finished, and simulations that failed", () => {
    expect(failedReads([begun])).to.deep.equal(["R.ledger"]);
    expect(failedReads([begun, ended("R.ledger", "STATIC_CALL_ERROR")])).to.deep.equal(["R.ledger"]);
    expect(failedReads([ended("Inlets", "SIMULATION_ERROR", "DEPLOYMENT")])).to.deep.equal(["Inlets"]);
    expect(failedReads([ended("Inlets", "STRATEGY_SIMULATION_ERROR", "DEPLOYMENT")])).to.deep.equal(["Inlets"]);
  });

  it("leaves what succeeded, what was sent and refused, and what was wiped", () => {
    expect(failedReads([begun, ended("R.ledger", "SUCCESS")])).to.deep.equal([]);
    expect(failedReads([ended("Inlets", "REVERTED_TRANSACTION", "DEPLOYMENT")])).to.deep.equal([]);
    const wiped = { type: "WIPE_APPLY", futureId: "R.ledger" };
    expect(failedReads([begun, ended("R.ledger", "STATIC_CALL_ERROR"), wiped])).to.deep.equal([]);
  });
});

describe("createdBy", () => {
  it("finds the contract of a step that is mined", () => {
    const confirmed = (futureId: string, contractAddress: string) => ({
      type: "TRANSACTION_CONFIRM",
      futureId,
      receipt: { blockNumber: 1, contractAddress },
    });
    const journal = [confirmed("A", "0x01"), confirmed("B", "0x02")];
    expect(createdBy("B", journal)).to.equal("0x02");
    expect(createdBy("C", journal)).to.equal(undefined);
  });

  it("lists a step that was begun and has requested nothing yet", () => {
    const begin = { type: "DEPLOYMENT_EXECUTION_STATE_INITIALIZE", futureId: "R" };
    const request = {
      type: "NETWORK_INTERACTION_REQUEST",
      futureId: "R",
      networkInteraction: { type: "ONCHAIN_INTERACTION" },
    };
    expect(failedReads([begin])).to.deep.equal(["R"]);
    expect(failedReads([begin, request])).to.deep.equal([]);
    expect(failedReads([begin, { type: "WIPE_APPLY", futureId: "R" }])).to.deep.equal([]);
  });
});

describe("Ignition's journal", () => {
  const whole = [line("TRANSACTION_PREPARE_SEND", "A", 3), line("TRANSACTION_SEND", "A", 3)];
  const text = whole.map((each) => `\n${JSON.stringify(each)}`).join("");
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tributary-journal-"));
    file = join(folder, "journal.jsonl");
  });
  after(() => rm(folder, { recursive: true }));

  it("counts to its last whole line, wherever the file was cut off, and goes on from there", async () => {
    for (let length = 0; length <= text.length; length++) {
      await writeFile(file, text.slice(0, length));
      const expected = whole.slice(0, length === text.length ? 2 : length > text.indexOf("}") ? 1 : 0);
      expect(await readIgnitionJournal(folder), `cut at ${length}`).to.deep.equal(expected);
      await dropCutLine(folder);
      const lines = (await readFile(file, "utf8")).split("\n").filter(Boolean);
      expect(lines.map((each) => JSON.parse(each) as unknown)).to.deep.equal(expected);
    }
  });

  it("names the line that is damaged otherwise, and the remedy", async () => {
    await writeFile(file, `garbage\n${text}`);
    const failure = await readIgnitionJournal(folder).catch((error: unknown) => error);
    expect(String(failure)).to.contain("Line 1 of").and.to.contain("run deploy with --reset");
  });
});
