import { expect } from "chai";
import type { Probe } from "./addProbes.ts";
import { report } from "./report.ts";

const probe = (file: string, line: number, kind: Probe["kind"], otherwise: string) => ({ file, line, kind, otherwise });

describe("report", () => {
  const probes = [
    probe("A.sol", 1, "statement", "`if (a)` never runs"),
    probe("A.sol", 1, "statement", "`b()` never runs"),
    probe("A.sol", 1, "branch", "`a` is never true"),
    probe("A.sol", 1, "branch", "`a` is never false"),
    probe("Long.sol", 7, "statement", "`c()` never runs"),
  ];

  it("counts what was covered, and names what was not", () => {
    const { text, missedCount } = report(probes, new Set([0, 3, 4]));
    expect(missedCount).to.equal(2);
    expect(text.split("\n")).to.deep.equal([
      "               lines  statements    branches",
      "A.sol            0/1         1/2         1/2",
      "Long.sol         1/1         1/1         0/0",
      "all              1/2         2/3         1/2",
      "",
      "A.sol:1 `b()` never runs",
      "A.sol:1 `a` is never true",
    ]);
  });

  it("misses nothing where all was hit", () => {
    expect(report(probes, new Set(probes.keys())).missedCount).to.equal(0);
  });
});
