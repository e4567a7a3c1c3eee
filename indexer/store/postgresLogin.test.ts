import { createServer, type Server } from "node:net";
import { expect } from "chai";
import { SAMPLE_SOURCE } from "../../test/support/indexer/sampleLogs.ts";
import { refusal } from "../../test/support/refusal.ts";
import { openStore } from "./openStore.ts";

/** Encodes a message of the server: its type, its length and its content. */
const message = (type: string, ...content: readonly (number | string)[]): Buffer => {
  const body = Buffer.concat(
    content.map((each) => (typeof each === "string" ? Buffer.from(each, "latin1") : Buffer.from([0, 0, 0, each]))),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};

describe("a login to something that is not quite a PostgreSQL server", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  /** Opens a store at a server that answers each connection with these bytes. */
  const openAt = async (answer: Buffer): Promise<string> => {
    const listening = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.write(answer));
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    const { port } = listening.address() as { port: number };
    const databaseUrl = `postgres://user@127.0.0.1:${port}/name?sslmode=disable&connect_timeout=1`;
    return refusal(openStore({ databaseUrl }, SAMPLE_SOURCE));
  };

  for (const [what, answer, says] of [
    ["asks for Kerberos", message("R", 7), "a kind of login that this program lacks"],
    ["asks for SSPI", message("R", 9), "a kind of login that this program lacks"],
    ["asks for a password", message("R", 3), "without a password"],
    ["sends half a salt", message("R", 5, "ab"), "PostgreSQL at"],
    ["sends a message that ends early", message("T", "\0\x05a"), "PostgreSQL at"],
    ["sends rows before the login", message("D", "\0\x05\0\0"), "PostgreSQL at"],
    ["is another database", Buffer.from("J\0\0\0\n5.7.44-log\0\x08\0\0\0"), "PostgreSQL at"],
    ["is a web server", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), "cannot be reached"],
  ] as const) {
    it(`is refused in words if it ${what}`, async () => {
      expect(await openAt(answer))
        .to.match(/^UserError: /)
        .and.contain(says);
    });
  }
});
