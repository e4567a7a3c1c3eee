import { readdir, readFile } from "node:fs/promises";
import { expect } from "chai";
import { EVENT_TABLES } from "./tables.ts";

const JOURNAL = ["blocks", "logs", "contracts", "deployment", "finality", "removals", "snapshots", "snapshot_chunks"];
const VIEWS = ["asset_owners", "share_balances", "credit_movements", "credits", "receipts"];
const NAMES = [...JOURNAL, "migrations", ...VIEWS, ...Object.keys(EVENT_TABLES), "\\$\\{table\\}"].join("|");
const BARE = new RegExp(
  `\\b(?:FROM|JOIN|INTO|UPDATE|USING|TABLE|VIEW|COLUMN|REFERENCES|ON) (?:IF NOT EXISTS )?(?:${NAMES})\\b`,
  "g",
);
/** Statements that change a session for whoever uses it next. */
const LEFT_BEHIND =
  /(?<!ALTER ROLE [^;\n]*)\bSET (?!LOCAL\b)(?:SESSION\b|search_path|default_|\w+ TO\b)|\b(?:LISTEN|PREPARE|WITH HOLD|TEMP TABLE)\b/g;

describe("the statements of the store", () => {
  it("name the schema of each table, and leave nothing in a session", async () => {
    const folders = [new URL("./", import.meta.url), new URL("../books/", import.meta.url)];
    const faults: string[] = [];
    for (const folder of folders) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!/(?<!test)\.(ts|sql)$/.test(entry.name)) continue;
        const text = await readFile(`${entry.parentPath}/${entry.name}`, "utf8");
        for (const pattern of [BARE, LEFT_BEHIND]) {
          for (const [fault] of text.matchAll(pattern)) faults.push(`${entry.name}: ${fault}`);
        }
      }
    }
    expect(faults).to.deep.equal([]);
  });
});
