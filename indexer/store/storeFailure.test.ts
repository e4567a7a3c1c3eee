import { expect } from "chai";
import { canPass, describeStoreFailure, storeFailureKind } from "./storeFailure.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";

const coded = (code: string, message = "it failed") => Object.assign(new Error(message), { code });
const wrapped = (cause: Error) => new StoreUnavailable(`The database cannot be used now: ${cause.message}.`, { cause });

describe("a store's failure", () => {
  it("has a kind by the code of PostgreSQL or of the operating system, however deep it is", () => {
    for (const [kind, ...codes] of [
      ["full", "53100", "ENOSPC", "EDQUOT"],
      ["disk", "58030", "EIO"],
      ["readOnly", "25006", "EROFS"],
      ["memory", "53200", "ENOMEM"],
      ["denied", "42501", "EACCES", "EPERM"],
      ["connections", "53300"],
      ["cancelled", "57014", "55P03", "40001", "40P01"],
      ["lost", "08006", "08P01", "57P01", "57P02", "57P03", "25P03", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN"],
      ["other", "42P01", "23505", "28P01", "3D000", "XX001", "22021"],
    ] as const) {
      for (const code of codes) {
        expect(storeFailureKind(wrapped(wrapped(coded(code)))), code).to.equal(kind);
        expect(canPass(coded(code)), code).to.equal(kind !== "other");
      }
    }
  });

  it("has a kind by its text if no code says it, as from a pooler or a node of the file system", () => {
    for (const [kind, text] of [
      ["full", 'could not extend file "base/5/16388": No space left on device'],
      ["readOnly", "cannot execute INSERT in a read-only transaction"],
      ["memory", "out of memory"],
      ["connections", "no more connections allowed (max_client_conn)"],
      ["connections", "sorry, too many clients already"],
      ["denied", "permission denied for table blocks"],
      ["lost", "Connection terminated unexpectedly"],
      ["other", "Another process writes to tributary_1 in this database."],
    ] as const) {
      expect(storeFailureKind(new StoreUnavailable(text)), text).to.equal(kind);
    }
  });

  it("is described by what the store said and by its remedy", () => {
    expect(describeStoreFailure(wrapped(coded("53100", "could not extend file: No space left on device")))).to.equal(
      "The store fails: could not extend file: No space left on device. Make room on the store's disk, or add a larger one. The indexer tries again by itself.",
    );
    expect(describeStoreFailure("gone")).to.contain("The store fails: gone. Read the log of the database.");
  });
});
