import { expect } from "chai";
import { addProbes } from "./addProbes.ts";

const FILE = "contracts/periphery/Any.sol";
const IMPORT = ' import {probeHit, probeCondition} from "../../test/coverage/Probes.sol";';
const START = "pragma solidity ^0.8.37; interface Other { function call() external; }\n";
const withBody = (body: string, mutability: string) =>
  `${START}function f(bool a, bool b, bool c) ${mutability} ${body}`;

/** Asserts what becomes of a function's body, and that it compiles; answers what would be said if nothing were hit. */
function expectProbes(before: string, after: string, mutability = "pure", mutabilityAfter = mutability) {
  const { sources, probes } = addProbes({ [FILE]: withBody(before, mutability) });
  expect(sources).to.deep.equal({ [FILE]: withBody(after, mutabilityAfter) + IMPORT });
  expect(() => addProbes(sources)).not.to.throw();
  return probes.map(({ line, kind, otherwise }) => `${line} ${kind} ${otherwise}`);
}

describe("addProbes", function () {
  this.timeout(60_000); // It starts the compiler.

  it("numbers the statements and both outcomes of each condition, and adds no line", () => {
    const said = expectProbes(
      "{\n if (a) return;\n b = b ? a : c;\n}",
      "{\n probeHit(0); if (probeCondition(3, a)) { probeHit(2); return; }\n probeHit(1); b = probeCondition(5, b) ? a : c;\n}",
    );
    expect(said).to.deep.equal([
      "3 statement `if (a) return;` never runs",
      "4 statement `b = b ? a : c` never runs",
      "3 statement `return;` never runs",
      "3 branch `a` is never true",
      "3 branch `a` is never false",
      "4 branch `b` is never true",
      "4 branch `b` is never false",
    ]);
  });

  it("asks each operand of a connective", () => {
    const said = expectProbes(
      "{ c = (a || !b) && c; }",
      "{ probeHit(0); c = (probeCondition(3, a) || probeCondition(5, !b)) && probeCondition(1, c); }",
    );
    expect(said).to.include("2 branch `!b` is never true");
    expectProbes(
      "{ if (a && b) c = a; }",
      "{ probeHit(0); if (probeCondition(2, a) && probeCondition(4, b)) { probeHit(1); c = a; } }",
    );
  });

  it("asks the conditions of loops", () => {
    expectProbes(
      "{ for (uint256 i = 0; i < 2; ++i) while (a) { a = b; } }",
      "{ probeHit(0); for (uint256 i = 0; probeCondition(2, i < 2); ++i) { probeHit(1); while (probeCondition(4, a)) { probeHit(6); a = b; } } }",
    );
  });

  it("enters else and unchecked blocks", () => {
    expectProbes(
      "{ if (a) {} else if (b) c = a; else revert(); unchecked { a = c; } }",
      "{ probeHit(0); if (probeCondition(2, a)) {} else { probeHit(1); if (probeCondition(6, b)) { probeHit(4); c = a; } else { probeHit(5); revert(); } } unchecked { probeHit(8); a = c; } }",
    );
  });

  it("tells whether a call that may fail did", () => {
    const said = expectProbes(
      "{ try Other(address(1)).call() {} catch {} }",
      "{ probeHit(0); try Other(address(1)).call() { probeHit(1);} catch { probeHit(2);} }",
      "",
    );
    expect(said).to.deep.equal([
      "2 statement `try Other(address(1)).call() {} catch {}` never runs",
      "2 branch `try Other(address(1)).call() {} catch {}` never succeeds",
      "2 branch `try Other(address(1)).call() {} catch {}` never fails",
    ]);
  });

  it("asks the conditions of assembly, which is then not pure any more", () => {
    const { sources, probes } = addProbes({ [FILE]: withBody("{ assembly { if a { revert(0, 0) } } }", "pure") });
    expect(sources[FILE]).to.match(/bool c\) view \{.* if probeYulCondition\(1, a\) \{ revert\(0, 0\) \}/);
    expect(() => addProbes(sources)).not.to.throw();
    expect(probes.map(({ otherwise }) => otherwise)).to.include("`a` is never false");
    const withSwitch = withBody("{ assembly { switch a case 0 {} default {} } }", "pure");
    expect(() => addProbes({ [FILE]: withSwitch })).to.throw("switch");
  });

  it("counts as the compiler does, in bytes", () => {
    expectProbes("{ /* a · b */ if (a) {} }", "{ /* a · b */ probeHit(0); if (probeCondition(1, a)) {} }");
  });

  it("says what the compiler says of a source that does not compile", () => {
    expect(() => addProbes({ [FILE]: withBody("{ d = a; }", "pure") })).to.throw("Undeclared identifier");
  });
});
