/** One line of a source, changed in one place. */
export interface Mutant {
  file: string;
  /** From 1. */
  line: number;
  /** The line as it is and as it becomes, without its indentation; the empty string if it is deleted. */
  from: string;
  to: string;
}

/** Each of these changes one occurrence at a time. Spaces are those that prettier leaves. */
const swaps: [pattern: RegExp, to: string][] = [
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/ \* /g, " / "],
  [/ \/ /g, " * "],
  [/ % /g, " / "],
  [/ < /g, " <= "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ >= /g, " > "],
  [/ == /g, " != "],
  [/ != /g, " == "],
  [/ \|\| /g, " && "],
  [/ && /g, " || "],
  [/ \+= /g, " -= "],
  [/ \|= /g, " &= "],
  [/ << /g, " >> "],
  [/ >> /g, " << "],
  [/ nonReentrant\b/g, ""],
  [/ onlyRegistry\b/g, ""],
  [/\bmsg\.sender\b/g, "address(this)"],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/\b0\b(?!x)/g, "1"],
  [/\b1\b/g, "0"],
  [/\bif \((?!!)(\w(?:(?!==|!=)[^;{}])*?)\) (?=revert|return|continue)/g, "if (!($1)) "],
  [/\bif \(!/g, "if ("],
];

/** A whole statement on a line of its own, with nothing after it that needs it to compile, as far as one can see. */
const statement =
  /^(?!return\b|using\b|import\b|pragma\b|type\b|uint\d*\b|bytes\d*\b|address\b|mapping\b|bool\b|error\b|event\b|let\b)[^{}]*;( \/\/.*)?$/;
const declaration =
  /^(uint\d*|bytes\d*|address|mapping|bool|struct|using|import|pragma|type|error|event|contract|library|function .*;)\b/;

/**
 * All mutants of a source, line by line. Comments, imports and declarations without a value are left alone.
 *
 * @example
 * listMutants("A.sol", "    a = b + c;\n").map(({ to }) => to); // ["a = b - c;", ""]
 */
export function listMutants(file: string, source: string): Mutant[] {
  const mutants: Mutant[] = [];
  let inComment = false;
  for (const [index, text] of source.split("\n").entries()) {
    const from = text.trim();
    if (from.startsWith("/*")) inComment = true;
    const skip = inComment || from === "" || /^(\/\/|\*|import|pragma|using|error|event|contract|library)/.test(from);
    if (from.endsWith("*/")) inComment = false;
    if (skip) continue;
    const comment = from.indexOf(" // ");
    const code = comment === -1 ? from : from.slice(0, comment);
    const isBare = declaration.test(code) && !code.includes("=");
    const changed = new Set<string>();
    if (!isBare) {
      for (const [pattern, to] of swaps) {
        for (const match of code.matchAll(pattern)) {
          const here = new RegExp(pattern.source, "y");
          here.lastIndex = match.index;
          changed.add(code.replace(here, to));
        }
      }
    }
    if (statement.test(code)) changed.add("");
    changed.delete(code);
    for (const to of changed) mutants.push({ file, line: index + 1, from, to });
  }
  return mutants;
}
