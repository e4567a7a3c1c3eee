import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A doc comment starts with a verb or with the noun it is (CONTRIBUTING.md, Language). */
const FORBIDDEN_STARTS = ["What", "Who", "Whose", "Where", "How", "Whether", "So", "Of", "As", "By"];
const COMMENT_START = new RegExp(
  `^\\s*(?:\\{?/\\*\\*?|\\*|///?)\\s*(?:@\\w+\\s+)?(${FORBIDDEN_STARTS.join("|")})\\b|[;,{}()[\\]]\\s+//\\s*(${FORBIDDEN_STARTS.join("|")})\\b`,
);

/** Words that have a plain one: again, this many, default. */
const FORBIDDEN_WORDS = /\b(anew|so many|unless given)\b/i;

/** A bare participle names no thing: `differences`, not `found`. */
const BARE_PARTICIPLE =
  /^\s*export (?:async )?(?:const|let|function|class|interface|type) (found|known|told|asked|said|given|seen|meant|held|shown|wanted)\b/i;

export interface Text {
  path: string;
  text: string;
}

/** Lists each line that breaks a rule of language, as `path:line: reason`. */
export function languageFaults(texts: Text[]): string[] {
  return texts.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const reasons: string[] = [];
      if (/\.(ts|tsx|mjs|sol)$/.test(path)) {
        const start = COMMENT_START.exec(line);
        if (start) reasons.push(`a comment starts with "${start[1] ?? start[2]}"`);
        const name = BARE_PARTICIPLE.exec(line)?.[1];
        if (name) reasons.push(`"${name}" names no thing`);
      }
      const word = FORBIDDEN_WORDS.exec(line)?.[1];
      if (word) reasons.push(`"${word}" has a plain word`);
      return reasons.map((reason) => `${path}:${index + 1}: ${reason}`);
    }),
  );
}

/** Reads every text of the project that somebody wrote; these rules and their test quote what they forbid. */
export function projectTexts(root: string): Text[] {
  const paths = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root })
    .toString()
    .split("\n");
  const isText = (path: string) =>
    /\.(ts|tsx|mjs|sol|md|html|css|yml|service|conf)$/.test(path) &&
    !["test/support/language.ts", "test/language.test.ts", "CONTRIBUTING.md"].includes(path);
  return paths.filter(isText).map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
