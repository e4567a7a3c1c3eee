import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

/** The rooms of the product code, each with those that it may import. Each may import itself and generated code. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  contracts: [],
  protocol: [],
  client: ["protocol"],
  node: ["protocol"],
  indexer: ["protocol", "node"],
  explorer: ["protocol", "client"],
  gateway: ["protocol", "client", "node"],
  attribution: ["protocol", "client", "node"],
  scripts: ["protocol", "client", "node", "ignition"],
  ignition: [],
};
/** Folders that may import more than the rest of their room. */
const EXCEPTIONS: Record<string, readonly string[]> = {
  "scripts/demo": ["indexer"],
  "scripts/client": ["indexer"],
};
/** Rooms whose code runs in browsers, too. */
const ISOMORPHIC = new Set(["protocol", "client", "explorer"]);
/** Folders of generated code. */
const GENERATED = new Set(["artifacts", "types"]);
/** The two core contracts, their interfaces and libraries import nothing from the periphery. */
const PERIPHERY = "contracts/periphery";

export const LARGEST_FOLDER = 20;

/** Texts of the product files by path, without the tests beside them. */
export type Sources = ReadonlyMap<string, string>;

/** Reads the product code of this checkout, except for files that git ignores. */
export function productSources(root: string): Sources {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const paths = listed.split("\n").filter((path) => roomOf(path) in MAY_IMPORT && !isTest(path));
  return new Map(
    paths
      .filter((path) => existsSync(join(root, path)))
      .map((path) => [path, isCode(path) ? readFileSync(join(root, path), "utf8") : ""]),
  );
}

/** Returns the imports that break the rules of the rooms, each as `file: imports path`. */
export function wrongImports(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) =>
    importsOf(file, text)
      .filter((imported) => !isAllowed(file, imported))
      .map((imported) => `${file}: imports ${imported}`),
  );
}

/** Returns the cycles of imports, types included: each as the group of files that import each other. */
export function importCircles(sources: Sources): string[][] {
  const edges = new Map(
    [...sources].map(([file, text]) => [file, importsOf(file, text).filter((imported) => sources.has(imported))]),
  );
  return stronglyConnected(edges).filter(
    (group) => group.length > 1 || group.some((file) => edges.get(file)?.includes(file)),
  );
}

/** Returns the folders with more files than a reader can survey, each as `folder: count`. */
export function crowdedFolders(sources: Sources): string[] {
  const counts = new Map<string, number>();
  for (const file of sources.keys()) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > LARGEST_FOLDER).map(([folder, count]) => `${folder}: ${count}`);
}

const roomOf = (path: string) => path.split("/")[0] ?? "";
const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const isCode = (path: string) => /\.(tsx?|mts|mjs|sol)$/.test(path);

/** Returns the files, packages and built-in modules that a file imports; files as paths from the root. */
function importsOf(file: string, text: string): string[] {
  if (!isCode(file)) return [];
  const specifiers = file.endsWith(".sol")
    ? [...text.matchAll(/^import\s[^"]*"([^"]+)"/gm)].map(([, path]) => path ?? "")
    : ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return specifiers.map((specifier) => {
    if (specifier.startsWith("#")) return specifier.slice(1);
    return specifier.startsWith(".") ? normalize(join(dirname(file), specifier)) : `package ${specifier}`;
  });
}

function isAllowed(file: string, imported: string): boolean {
  const room = roomOf(file);
  if (imported.startsWith("package ")) return !(ISOMORPHIC.has(room) && imported.startsWith("package node:"));
  if (room === "contracts" && imported.startsWith(PERIPHERY)) return file.startsWith(PERIPHERY);
  const to = roomOf(imported);
  const exceptions = Object.entries(EXCEPTIONS).flatMap(([folder, rooms]) =>
    file.startsWith(`${folder}/`) ? rooms : [],
  );
  return to === room || GENERATED.has(to) || [...(MAY_IMPORT[room] ?? []), ...exceptions].includes(to);
}

/** Returns the strongly connected components, by Tarjan's algorithm. */
function stronglyConnected(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const visit = (node: string): number => {
    const own = order.size;
    order.set(node, own);
    let lowest = own;
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, low.get(next) ?? own, order.get(next) ?? own);
    }
    low.set(node, lowest);
    if (lowest === own) groups.push(stack.splice(stack.indexOf(node)));
    return lowest;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return groups;
}
