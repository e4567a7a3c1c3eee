import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { validate } from "dockerfile-utils";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
/** systemd makes this folder by the service file's `StateDirectory=`. */
const STATE_FOLDER = "install -d -m 700 -o tributary -g tributary /var/lib/tributary";

/** Returns the arguments of an instruction, of each time that it occurs. */
const argumentsOf = (instruction: string) =>
  [...read("Dockerfile").matchAll(new RegExp(`^${instruction} (.+)$`, "gm"))].map(([, args = ""]) => args);

describe("the Dockerfile", () => {
  const blocks = [...read("docs/run-book.md").matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
  const commands = blocks.flatMap((block) => block.split("\n")).map((line) => line.replace(/^sudo /, ""));
  const unit = read("operations/tributary.service");

  it("has nothing that the linter complains about", () => {
    const complaints = validate(read("Dockerfile")).map(({ message, range }) => `${range.start.line + 1}: ${message}`);
    expect(complaints).to.deep.equal([]);
    expect(validate("FROM debian\nRUM true\n"), "the linter notices a misspelt instruction").not.to.deep.equal([]);
  });

  it("runs commands of the run book only", () => {
    const run = argumentsOf("RUN").flatMap((line) => line.split(" && "));
    expect(run).not.to.deep.equal([]);
    const installed = commands.find((line) => line.startsWith("apt-get install"))?.split(" ") ?? [];
    for (const command of run) {
      if (command.startsWith("apt-get install")) expect(installed).to.include.members(command.split(" "));
      else expect([...commands, STATE_FOLDER]).to.include(command);
    }
  });

  it("starts what the service file starts, as the same user in the same folders", () => {
    const valueOf = (key: string) => new RegExp(`^${key}=(.*)$`, "m").exec(unit)?.[1];
    const command = [...argumentsOf("ENTRYPOINT"), ...argumentsOf("CMD")].flatMap(
      (json) => JSON.parse(json) as string[],
    );
    const started = command.join(" ").replace("/etc/tributary/84532.json", "${DEPLOYMENT}");
    expect(started.replace(" --host 0.0.0.0", " $OPTIONS")).to.equal(valueOf("ExecStart"));
    expect(argumentsOf("USER")).to.deep.equal([valueOf("User")]);
    expect(argumentsOf("WORKDIR").at(-1)).to.equal(valueOf("WorkingDirectory"));
    expect(argumentsOf("VOLUME")).to.deep.equal([`/var/lib/${valueOf("StateDirectory")}`]);
  });
});
