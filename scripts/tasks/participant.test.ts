import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { participantTasks } from "./participant.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/commands.md"), "utf8");
const examples = [...page.matchAll(/^npx hardhat (.+)$/gm)].map(([, line = ""]) => line);
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const tasks = new Map(participantTasks.map((task) => [task.id.join(" "), task]));

const optionsOf = (name: string) => {
  const task = tasks.get(name);
  return new Set([...Object.keys(task && "options" in task ? task.options : {}).map(kebab), "network"]);
};

describe("the page about the commands", () => {
  it("has an example of each command, and of no other", () => {
    const shown = new Set(examples.map((line) => line.split(" ")[0]));
    expect([...shown].sort()).to.deep.equal([...tasks.keys()].sort());
  });

  for (const line of examples) {
    it(`uses existing options: ${line}`, () => {
      const [name = ""] = line.split(" ");
      for (const [, option] of line.matchAll(/ --([\w-]+)/g)) expect(optionsOf(name)).to.include(option);
    });
  }

  it("names every option that all commands share which send something", () => {
    const reading = ["find", "plan", "status", "outlet", "proposals"];
    const sending = [...tasks.keys()].filter((name) => !reading.includes(name));
    const shared = [...optionsOf("claim")].filter((option) => sending.every((name) => optionsOf(name).has(option)));
    const told = ["network", ...[...page.matchAll(/^\| `--([\w-]+)/gm)].map(([, option]) => option)];
    expect(shared.sort()).to.deep.equal(told.filter((option) => option !== "way").sort());
  });

  it("offers plan and status only what means something for commands that send nothing", () => {
    expect([...optionsOf("status")].sort()).to.deep.equal([
      "account",
      "api",
      "asset",
      "deployment",
      "json",
      "network",
      "release",
    ]);
    expect([...optionsOf("plan")].sort()).to.deep.equal([
      "account",
      "all",
      "api",
      "as",
      "assets",
      "credit",
      "currency",
      "deployment",
      "json",
      "network",
      "price",
    ]);
  });

  for (const task of participantTasks) {
    it(`describes ${task.id.join(" ")} and each of its options`, () => {
      expect(task.description).to.match(/^[A-Z].{15,}[^.]$/);
      if (!("options" in task)) throw new Error("It is no task.");
      for (const { description } of [...Object.values(task.options), ...task.positionalArguments]) {
        expect(description).to.match(/^.{5,}[^.]$/);
      }
    });
  }
});
