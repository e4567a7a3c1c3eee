import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { itAtLength } from "../../test/support/atLength.ts";
import { oddLogs } from "../../test/support/economy/oddTexts.ts";
import { SAMPLE_SOURCE, sampleBlock } from "../../test/support/indexer/sampleLogs.ts";
import { expectedTables, storedTables } from "../../test/support/indexer/storedTables.ts";
import { openStore } from "./openStore.ts";
import { openPGlite } from "./pgliteDriver.ts";

describe("a store of a version that wrote texts in another way", function () {
  this.timeout(120_000);

  itAtLength("has the same tables as a new one once it was opened for writing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tributary-rewrite-"));
    try {
      const logs = oddLogs(10, 3, SAMPLE_SOURCE.ledger, SAMPLE_SOURCE.registry);
      const store = await openStore({ folder }, SAMPLE_SOURCE);
      await store.append(
        logs.map(({ blockNumber }) => sampleBlock(Number(blockNumber))),
        logs,
      );
      await store.close();
      const older = await openPGlite({ folder, schema: "tributary", readOnly: false });
      await (
        await older.session()
      ).run(`
        ALTER TABLE @schema@.assets DROP COLUMN metadata_bytes;
        ALTER TABLE @schema@.metadata_changes DROP COLUMN metadata_bytes;
        UPDATE @schema@.assets SET name = 'older', metadata = 'older';
        UPDATE @schema@.releases SET label = 'older';
        DELETE FROM @schema@.metadata_changes;
        DELETE FROM @schema@.migrations WHERE name = '05-texts.sql';
      `);
      await older.close();

      const refused = openStore({ folder }, SAMPLE_SOURCE, { readOnly: true }).catch((error: Error) => error.message);
      expect(await refused).to.contain("an older version");
      await (await openStore({ folder }, SAMPLE_SOURCE)).close();
      const reader = await openPGlite({ folder, schema: "tributary", readOnly: true });
      expect(await storedTables(await reader.session())).to.deep.equal(expectedTables(logs));
      await reader.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  itAtLength("finds its blocks by their hashes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tributary-hashes-"));
    try {
      const store = await openStore({ folder }, SAMPLE_SOURCE);
      await store.append([sampleBlock(3), sampleBlock(7)], []);
      await store.finishBackfill();
      expect(await store.blockByHash(sampleBlock(7).hash)).to.deep.equal(sampleBlock(7));
      await store.removeAbove(3n);
      expect(await store.blockByHash(sampleBlock(7).hash)).to.equal(undefined);
      expect(await store.blockByHash(sampleBlock(3).hash)).to.deep.equal(sampleBlock(3));
      await store.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
