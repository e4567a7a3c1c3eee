// The thread that the embedded PostgreSQL runs in. It gets one request at a time.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, types } from "@electric-sql/pglite";
import type { PGliteAnswer, PGliteError, PGliteRequest } from "./pgliteDriver.ts";

const port = parentPort;
if (!port) throw new Error("This module must run in a worker thread.");

const { dataDir } = workerData as { dataDir: string };
const opening = PGlite.create({
  dataDir,
  // PGlite's own serializer goes byte by byte, which is slow for snapshots.
  serializers: { [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString("hex")}` },
  parsers: { [types.INT8]: (text) => BigInt(text), [types.BYTEA]: (text) => `0x${text.slice(2)}` },
});

async function answer(request: PGliteRequest): Promise<unknown[]> {
  const db = await opening;
  switch (request.do) {
    case "query":
      return (await db.query(request.sql, [...request.values])).rows;
    case "run":
      await db.exec(request.sql);
      return [];
    case "copyIn":
      for (const { into, rows } of request.copies) {
        await db.query(`COPY ${into} FROM '/dev/blob' (FORMAT binary)`, [], { blob: new Blob(rows) });
      }
      return [];
    case "close":
      await db.close();
      return [];
  }
}

/**
 * Copies an error: PGlite's errors have properties that cannot be cloned. After a fatal one, the database answers
 * nothing any more, or never.
 */
function plainError(error: unknown): PGliteError {
  const { message, code, severity }: DatabaseError = error instanceof Error ? error : new Error(String(error));
  const isOfStatement = severity !== undefined && !/^(FATAL|PANIC)$/.test(severity);
  return { message, code: typeof code === "string" ? code : undefined, isFatal: !isOfStatement };
}

type DatabaseError = Error & { code?: unknown; severity?: string };

port.on("message", async ({ id, request }: { id: number; request: PGliteRequest }) => {
  let reply: PGliteAnswer;
  try {
    reply = { id, rows: await answer(request) };
  } catch (error) {
    reply = { id, error: plainError(error) };
  }
  port.postMessage(reply);
});
