import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Interface } from "ethers";
import type { Abi, AbiFunction } from "viem";
import { abis } from "#protocol/abis.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/wallets.md"), "utf8");

/** A call of the page: the contract, the function, and each argument by name in the form that a person types. */
const calls = [...PAGE.matchAll(/```call (\w+)\.(\w+)\n([^`]+)```/g)].map(
  ([, contract = "", name = "", lines = ""]) => ({
    contract,
    name,
    args: lines
      .trim()
      .split("\n")
      .map((line) => /^(\w+) +(.*)$/.exec(line)?.slice(1) ?? [line, ""]),
  }),
);

/** Parses an argument as a block explorer does: a list or a tuple as JSON, anything else as text. */
function typed(text: string, type: string): unknown {
  if (type === "bool") return text === "true";
  return type.startsWith("tuple") || type.endsWith("]") ? JSON.parse(text) : text;
}

describe("docs/wallets.md", () => {
  it("contains more than 14 calls", () => expect(calls).to.have.length.above(14));

  for (const { contract, name, args } of calls) {
    it(`types ${contract}.${name} so that it can be encoded`, () => {
      const abi: Abi = abis[contract as keyof typeof abis];
      const item = abi.find((entry): entry is AbiFunction => entry.type === "function" && entry.name === name);
      expect(args.map(([argument]) => argument)).to.deep.equal(item?.inputs.map((input) => input.name));
      const values = args.map(([, text = ""], i) => typed(text, item?.inputs[i]?.type ?? ""));
      const coder = new Interface(JSON.stringify(abi));
      const data = coder.encodeFunctionData(name, values);
      const decoded = coder.decodeFunctionData(name, data).toArray(true);
      expect(flat(decoded)).to.deep.equal(flat(values));
    });
  }
});

const flat = (values: unknown[]) => values.flat(Infinity).map(String);
