import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Abi, type AbiParameter, encodeErrorResult, type Hex } from "viem";
import { errorsAbi } from "#protocol/errorsAbi.ts";
import { ADVICE } from "./advice.ts";
import { reasonOf } from "./explain.ts";

const ARTIFACTS = join(import.meta.dirname, "../../artifacts/contracts");
/** Doubles of other projects' contracts, whose errors people can get. */
const FOR_OTHERS = [
  "LocalCurrency.json",
  "SignedCurrency.json",
  "TestCurrency.json",
  "TestWrappedNative.json",
  "TestPermit2.json",
];

const errors = readdirSync(ARTIFACTS, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json"))
  .filter((file) => !file.startsWith("doubles") || FOR_OTHERS.some((double) => file.endsWith(double)))
  .flatMap((file) => (JSON.parse(readFileSync(join(ARTIFACTS, file), "utf8")) as { abi: Abi }).abi ?? [])
  .filter((item) => item.type === "error");

const EXAMPLES: Record<string, unknown> = {
  address: `0x${"12".repeat(20)}`,
  string: "text",
  bytes32: `0x${"34".repeat(32)}`,
};
const exampleOf = ({ type }: AbiParameter) => EXAMPLES[type] ?? (/^uint(8|16|24|32|40|48)$/.test(type) ? 7 : 7n);

const failing = (data: unknown) => Object.assign(new Error("execution reverted"), { data });

describe("the reasons of the contracts, in words", () => {
  it("has advice for each error of the contracts, and for no other", () => {
    const names = [...new Set(errors.map(({ name }) => name))].sort();
    expect(names.length).to.be.greaterThan(60);
    expect(Object.keys(ADVICE).sort()).to.deep.equal(names);
  });

  for (const abiItem of errors.filter(({ name }, i) => errors.findIndex((each) => each.name === name) === i)) {
    it(`explains ${abiItem.name} with its arguments`, () => {
      const data = encodeErrorResult({ abi: [abiItem], args: abiItem.inputs.map(exampleOf) });
      const reason = reasonOf(failing(data));
      expect(reason?.name).to.equal(abiItem.name);
      expect(reason?.message)
        .to.match(/^[^a-z].{20,}[.]$/s)
        .and.not.to.contain("undefined")
        .and.not.to.contain("NaN")
        .and.not.to.contain("Invalid");
    });
  }

  it("reads texts, panics, empty reasons and unknown ones, however a node wraps them", () => {
    const text: Hex = encodeErrorResult({ abi: errorsAbi, errorName: "UnknownRelease", args: [7] });
    for (const error of [
      failing(text),
      failing({ data: text }),
      failing({ originalError: { data: text } }),
      new Error("outer", { cause: failing(text) }),
    ]) {
      expect(reasonOf(error)?.name).to.equal("UnknownRelease");
    }
    const revert = encodeErrorResult({
      abi: [{ type: "error", name: "Error", inputs: [{ type: "string", name: "" }] }],
      args: ["TRANSFER_FROM_FAILED\u001b"],
    });
    expect(reasonOf(failing(revert))?.message).to.equal(
      "The contract refused the call: TRANSFER_FROM_FAILED�. Check the values that you gave. If they are right, report this with the command.",
    );
    const panic = encodeErrorResult({
      abi: [{ type: "error", name: "Panic", inputs: [{ type: "uint256", name: "" }] }],
      args: [17n],
    });
    expect(reasonOf(failing(panic))?.message).to.contain("(panic 17). Check the values");
    expect(reasonOf(failing("0x"))?.message).to.contain("without a reason");
    expect(reasonOf(new Error("execution reverted"))?.message).to.contain("without a reason");
    expect(reasonOf(failing("0x12345678"))?.message).to.contain("0x12345678. Check the values");
    expect(reasonOf(new Error("connection refused"))).to.equal(undefined);
  });
});
