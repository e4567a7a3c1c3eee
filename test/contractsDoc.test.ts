import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Abi, AbiParameter } from "viem";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** The contracts that have a page, and those whose functions, events and errors their pages name besides. */
const CONTRACTS = {
  AssetRegistry: { folder: "", others: ["FeeLedger"] },
  FeeLedger: { folder: "", others: ["AssetRegistry"] },
  Inlets: { folder: "periphery/payments/", others: ["Inlet"] },
  Inlet: { folder: "periphery/payments/", others: ["FeeLedger", "TestWrappedNative"] },
  Outlets: { folder: "periphery/payments/", others: ["Outlet"] },
  Outlet: { folder: "periphery/payments/", others: ["FeeLedger"] },
  SignedPayments: { folder: "periphery/payments/", others: ["FeeLedger", "TestPermit2", "SignedCurrency"] },
  ReleasePreview: { folder: "periphery/lens/", others: ["AssetRegistry", "FeeLedger"] },
  AdminTimelock: { folder: "periphery/governance/", others: [] },
} as const;
const DOUBLES = { TestPermit2: "doubles/", TestWrappedNative: "doubles/", SignedCurrency: "doubles/" } as const;
type Name = keyof typeof CONTRACTS | keyof typeof DOUBLES;

function abiOf(name: Name): Abi {
  const folder =
    name in DOUBLES ? DOUBLES[name as keyof typeof DOUBLES] : CONTRACTS[name as keyof typeof CONTRACTS].folder;
  return (JSON.parse(read(`artifacts/contracts/${folder}${name}.sol/${name}.json`)) as { abi: Abi }).abi;
}

const namesOf = (abi: Abi, type: "function" | "event" | "error") =>
  abi.flatMap((item) => (item.type === type ? [item.name] : []));
const isView = (item: Abi[number]) =>
  item.type === "function" && (item.stateMutability === "view" || item.stateMutability === "pure");
const fieldsOf = (parameters: readonly AbiParameter[]): string[] =>
  parameters.flatMap((each) => [each.name ?? "", ...("components" in each ? fieldsOf(each.components) : [])]);
const parametersOf = (abi: Abi) =>
  abi.flatMap((item) => [
    ...("inputs" in item ? fieldsOf(item.inputs) : []),
    ...("outputs" in item ? fieldsOf(item.outputs) : []),
  ]);

/** Texts between backticks. */
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

interface Section {
  names: string[];
  text: string;
  effects: string[];
  requirements: string[];
}

/** The items of the list below a heading in bold. */
const itemsBelow = (text: string, heading: string): string[] => {
  const [, list = ""] = new RegExp(`^\\*\\*${heading}\\*\\*\\n\\n((?:(?:- |  ).*\\n?)+)`, "m").exec(text) ?? [];
  return list.split(/^- /m).slice(1);
};

function readPage(contract: string) {
  const [introduction = "", ...chapters] = read(`docs/contracts/${contract}.md`).split(/^## /m);
  const sections: Section[] = [];
  const tables = new Map<string, string[]>();
  for (const chapter of chapters) {
    const [title = "", ...lines] = chapter.split("\n");
    const text = lines.join("\n");
    if (title.startsWith("`")) {
      const lists = { effects: itemsBelow(text, "Effects"), requirements: itemsBelow(text, "Requirements") };
      sections.push({ names: quoted(title), text, ...lists });
    } else {
      tables.set(
        title,
        lines.filter((line) => line.startsWith("| `")),
      );
    }
  }
  return { introduction, sections, tables };
}

const cellOf = (row: string, column: number) => row.split(/(?<!\\)\|/)[column + 1] ?? "";

/** Functions of tokens and of recipients, and words of Solidity. */
const NAMES_OF_OTHERS = [
  "deposit",
  "totalSupply",
  "symbol",
  "decimals",
  "onERC721Received",
  "onERC1155Received",
  "onERC1155BatchReceived",
  "receive",
  "send",
  "transfer",
];

/** Reasons for a failure that have no custom error, and lists that another section has. */
const WITHOUT_ERROR = /without a\s+reason|own error|`Panic\(0x11\)`|requirements of `\w+`|^None\./;
const isErrorName = (name: string) => /^[A-Z]\w*[a-z]\w*$/.test(name);

const TESTS = ["test/contracts", "test/fuzz"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  )
  .concat(readdirSync(join(ROOT, "test/support/contracts")).map((name) => `test/support/contracts/${name}`))
  .filter((path) => /\.(ts|sol)$/.test(path))
  .map(read)
  .join("\n");

describe("the pages about the contracts", () => {
  it("are one for each contract that is deployed, and in the table of contents", () => {
    const pages = readdirSync(join(ROOT, "docs/contracts")).map((file) => file.replace(/\.md$/, ""));
    expect(pages.toSorted()).to.deep.equal(Object.keys(CONTRACTS).toSorted());
    for (const page of pages) expect(read("docs/contracts.md")).to.contain(`[${page}](contracts/${page}.md)`);
  });

  for (const [contract, { others }] of Object.entries(CONTRACTS)) {
    describe(contract, () => {
      const abi = abiOf(contract as Name);
      const around = [abi, ...others.map(abiOf)];
      const { sections, tables } = readPage(contract);
      const views = tables.get("Views") ?? [];
      const impossible = tables.get("Errors that cannot occur") ?? [];
      const errors = new Set(around.flatMap((each) => namesOf(each, "error")));
      const requirements = sections.flatMap((section) => section.requirements);
      const possible = [...requirements, ...views.map((row) => cellOf(row, 2))].flatMap(quoted).filter(isErrorName);

      it("has one section for each function that changes state, and for no other", () => {
        const changing = abi.filter((item) => item.type === "function" && !isView(item));
        const receive = abi.some(({ type }) => type === "receive") ? ["receive"] : [];
        const expected = new Set([...namesOf(changing, "function"), ...receive]);
        const titles = sections.flatMap(({ names }) => names);
        expect(titles.toSorted()).to.deep.equal([...expected].toSorted());
      });

      it("lists effects and requirements in each section", () => {
        for (const { names, effects, requirements: own } of sections) {
          expect(effects, `effects of ${names.join()}`).to.not.deep.equal([]);
          expect(own, `requirements of ${names.join()}`).to.not.deep.equal([]);
        }
      });

      it("names for each requirement what a call fails with", () => {
        const silent = requirements.filter((each) => !quoted(each).some((name) => errors.has(name)));
        expect(silent.filter((each) => !WITHOUT_ERROR.test(each))).to.deep.equal([]);
      });

      it("names every view function in its table, and no other", () => {
        const named = views.flatMap((row) => quoted(cellOf(row, 0)));
        expect(named.toSorted()).to.deep.equal([...new Set(namesOf(abi.filter(isView), "function"))].toSorted());
      });

      it("has every error of the ABI, either as one that can occur or as one that cannot", () => {
        const cannot = impossible.flatMap((row) => quoted(cellOf(row, 0)));
        const missing = namesOf(abi, "error").filter((name) => !possible.includes(name) && !cannot.includes(name));
        expect(missing, "missing").to.deep.equal([]);
        expect(
          cannot.filter((name) => possible.includes(name)),
          "on both lists",
        ).to.deep.equal([]);
        expect(
          cannot.filter((name) => !namesOf(abi, "error").includes(name)),
          "unknown",
        ).to.deep.equal([]);
      });

      it("names no error that there is not", () => {
        expect(possible.filter((name) => !errors.has(name))).to.deep.equal([]);
      });

      it("names only errors as possible that a test of the contracts names", () => {
        expect(possible.filter((name) => !new RegExp(`\\b${name}\\b`).test(TESTS))).to.deep.equal([]);
      });

      it("names no function, parameter, event or contract that there is not", () => {
        const known = new Set([
          ...around.flatMap((each) => [...namesOf(each, "function"), ...namesOf(each, "event"), ...parametersOf(each)]),
          ...errors,
          ...Object.keys(CONTRACTS),
          ...NAMES_OF_OTHERS,
        ]);
        const texts = [
          ...sections.flatMap(({ effects, requirements: own }) => [...effects, ...own]),
          ...views,
          ...impossible,
        ];
        const names = texts.flatMap(quoted).filter((name) => /^[A-Za-z]\w*$/.test(name));
        expect(names.filter((name) => !known.has(name) && !/^[A-Z_0-9]+$/.test(name))).to.deep.equal([]);
      });
    });
  }
});
