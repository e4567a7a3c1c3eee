import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../support/deploy/scratchCopy.ts";

/** A place that a test should reach. Its number is its index in the list of all. */
export interface Probe {
  file: string;
  /** From 1, in the source as it was. */
  line: number;
  kind: "statement" | "branch";
  /** The text for the report if no test reaches it. */
  otherwise: string;
}

/** A node of the compiler's syntax tree. */
interface Node {
  nodeType: string;
  /** `offset:length:…`, in bytes. */
  src: string;
  [field: string]: unknown;
}

interface Edit {
  from: number;
  /** The same if it is left out: nothing is replaced. */
  to?: number;
  text: string;
}

const require = createRequire(import.meta.url);
const LONGEST_QUOTE = 80;
const PROBES = "test/coverage/Probes.sol";
/** The same as there, since assembly can call only its own functions. */
const YUL_PROBES = [
  " function probeYulHit(id) {",
  "let at := mload(64) mstore(at, id)",
  "pop(staticcall(gas(), 0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE, at, 32, 0, 0))",
  "}",
  "function probeYulCondition(id, condition) -> same {",
  "probeYulHit(add(id, iszero(condition))) same := condition",
  "}",
].join(" ");

/**
 * Makes sources tell which statements ran and how each condition came out: those of `if`, of loops and of `?:`, each
 * operand of `&&` and `||`, and `try`. Of assembly conditions only. No line is added.
 *
 * @example
 * const { sources, probes } = addProbes({ "contracts/A.sol": "… if (a) b(); …" });
 * // sources: … probeHit(0); if (probeCondition(2, a)) { probeHit(1); b(); } …
 */
export function addProbes(originals: Record<string, string>) {
  const trees = parse(originals);
  const probes: Probe[] = [];
  const sources: Record<string, string> = {};
  for (const [file, original] of Object.entries(originals)) {
    const tree = trees[file]?.ast;
    if (tree === undefined) throw new Error(`${file} was not compiled.`);
    // One character a byte, as the compiler counts.
    const source = Buffer.from(original).toString("latin1");
    const edits = addProbesOf(file, source, tree, probes);
    sources[file] = Buffer.from(apply(edits, source), "latin1").toString("utf8");
  }
  return { sources, probes };
}

function addProbesOf(file: string, source: string, tree: Node, probes: Probe[]): Edit[] {
  const importPath = relative(dirname(file), PROBES);
  const edits: Edit[] = [
    { from: source.trimEnd().length, text: ` import {probeHit, probeCondition} from "${importPath}";` },
  ];
  /** An operand may be met twice. */
  const wrapped = new Set<Node>();
  visit(tree);
  return edits;

  // Parents before children: of what is inserted in one place the outer comes first.
  function visit(node: Node) {
    switch (node.nodeType) {
      case "Block":
      case "UncheckedBlock":
        childrenIn(node, "statements").forEach(addStatement);
        break;
      case "IfStatement":
      case "ForStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        childrenIn(node, "trueBody", "falseBody", "body").forEach(addBody);
        childrenIn(node, "condition").forEach(addCondition);
        break;
      case "Conditional":
        childrenIn(node, "condition").forEach(addCondition);
        break;
      case "BinaryOperation":
        if (isConnective(node)) childrenIn(node, "leftExpression", "rightExpression").forEach(addCondition);
        break;
      case "TryStatement":
        childrenIn(node, "clauses").forEach((clause, index) => addClause(node, clause, index > 0));
        break;
      case "FunctionDefinition":
        // No assembly that calls is pure to the compiler.
        if (node.stateMutability === "pure" && hasYulCondition(node)) {
          const from = source.indexOf(" pure", startOf(node));
          edits.push({ from, to: from + " pure".length, text: " view" });
        }
        break;
      case "InlineAssembly":
        if (hasYulCondition(node)) childrenIn(node, "AST").forEach((block) => insertAfterBrace(block, YUL_PROBES));
        break;
      case "YulIf":
      case "YulForLoop":
        childrenIn(node, "condition").forEach((condition) => wrap(condition, "probeYulCondition"));
        break;
      case "YulSwitch":
        throw new Error(`${file} has a switch, which is not measured yet.`);
    }
    childrenOf(node).forEach(visit);
  }

  function addStatement(node: Node) {
    if (isBlock(node)) return;
    edits.push({ from: startOf(node), text: `probeHit(${addProbe("statement", node, "never runs")}); ` });
  }

  /** A statement without braces gets them. */
  function addBody(node: Node) {
    if (isBlock(node)) return;
    edits.push({ from: startOf(node), text: "{ " });
    addStatement(node);
    const semicolon = /\s*;/y;
    semicolon.lastIndex = endOf(node);
    edits.push({ from: semicolon.test(source) ? semicolon.lastIndex : endOf(node), text: " }" });
  }

  function addClause(node: Node, clause: Node, isCatch: boolean) {
    const id = addProbe("branch", node, isCatch ? "never fails" : "never succeeds");
    childrenIn(clause, "block").forEach((block) => insertAfterBrace(block, ` probeHit(${id});`));
  }

  /** The operands of `&&` and `||` show how these come out. */
  function addCondition(node: Node) {
    const [inner, ...others] = childrenIn(node, "components");
    if (inner && others.length === 0) addCondition(inner);
    else if (!isConnective(node)) wrap(node, "probeCondition");
  }

  function wrap(node: Node, name: string) {
    if (wrapped.has(node)) return;
    wrapped.add(node);
    const id = addProbe("branch", node, "is never true");
    addProbe("branch", node, "is never false");
    edits.push({ from: startOf(node), text: `${name}(${id}, ` }, { from: endOf(node), text: ")" });
  }

  function insertAfterBrace(block: Node, text: string) {
    edits.push({ from: startOf(block) + 1, text });
  }

  function addProbe(kind: Probe["kind"], node: Node, otherwise: string): number {
    const line = source.slice(0, startOf(node)).split("\n").length;
    const bytes = Buffer.from(source.slice(startOf(node), endOf(node)), "latin1");
    const text = bytes.toString("utf8").replaceAll(/\s+/g, " ");
    const quote = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
    return probes.push({ file, line, kind, otherwise: `\`${quote}\` ${otherwise}` }) - 1;
  }
}

function apply(edits: Edit[], source: string): string {
  let result = "";
  let done = 0;
  for (const { from, to = from, text } of edits.sort((one, other) => one.from - other.from)) {
    result += source.slice(done, from) + text;
    done = to;
  }
  return result + source.slice(done);
}

function parse(originals: Record<string, string>): Record<string, { ast?: Node }> {
  const compiler = require("solc/wrapper")(require("solc/soljson.js"));
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(originals).map(([file, content]) => [file, { content }])),
    settings: { evmVersion: "prague", outputSelection: { "*": { "": ["ast"] } } },
  };
  const output: { sources: Record<string, { ast?: Node }>; errors?: { severity: string; formattedMessage: string }[] } =
    JSON.parse(compiler.compile(JSON.stringify(input), { import: findImport }));
  const error = output.errors?.find(({ severity }) => severity === "error");
  if (error) throw new Error(error.formattedMessage);
  return output.sources;
}

function findImport(path: string) {
  const found = [path, join("node_modules", path)].map((place) => join(ROOT, place)).find((place) => existsSync(place));
  return found === undefined ? { error: "not found" } : { contents: readFileSync(found, "utf8") };
}

const startOf = ({ src }: Node) => Number(src.split(":")[0]);
const endOf = (node: Node) => startOf(node) + Number(node.src.split(":")[1]);
const isBlock = ({ nodeType }: Node) => nodeType === "Block" || nodeType === "UncheckedBlock";
const isConnective = ({ operator }: Node) => operator === "&&" || operator === "||";

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "nodeType" in value;
const childrenIn = (node: Node, ...fields: string[]) => fields.flatMap((field) => node[field]).filter(isNode);
const childrenOf = (node: Node) => childrenIn(node, ...Object.keys(node));

const hasYulCondition = (node: Node): boolean =>
  node.nodeType === "YulIf" || node.nodeType === "YulForLoop" || childrenOf(node).some(hasYulCondition);
