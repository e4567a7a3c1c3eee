import { expect } from "chai";
import { type JournalLine, unrecordedTransactions } from "./ignitionJournal.ts";

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
