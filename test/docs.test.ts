import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect } from "chai";

const ROOT = join(import.meta.dirname, "..");
const DOCS = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".md"),
);
const ROOMS = [
  "contracts",
  "protocol",
  "client",
  "node",
  "indexer",
  "explorer",
  "scripts",
  "ignition",
  "test",
  "examples",
];
/** Pages that say what belongs in a room, and what each of its files is for. */
const ROOM_PAGES = ROOMS.map((room) => `${room}/README.md`).filter((page) => existsSync(join(ROOT, page)));
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...DOCS.map((name) => `docs/${name}`),
  ...ROOM_PAGES,
];
const CODE = ROOMS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
);
const SOLIDITY = CODE.filter((name) => name.endsWith(".sol")).map((name) => readFileSync(join(ROOT, name), "utf8"));
/** The code of the explorer's pages, which has the names of buttons and links. */
const EXPLORER = CODE.filter((name) => /^explorer\/src\/.*\.tsx$/.test(name)).map((name) =>
  readFileSync(join(ROOT, name), "utf8"),
);
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };

/** Links to other files of the project, with their anchors. */
function linksOf(page: string): { file: string; anchor: string | undefined }[] {
  const links = [...readFileSync(join(ROOT, page), "utf8").matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links
    .filter((link) => !/^https?:/.test(link))
    .map((link) => {
      const [path = "", anchor] = link.split("#");
      return { file: path === "" ? page : join(dirname(page), path), anchor };
    });
}

/** Anchors of a page's headings, as hosts of repositories make them. */
const anchorsOf = (page: string) =>
  [...readFileSync(join(ROOT, page), "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("the documents", () => {
  it("are all reached from docs/README.md", () => {
    const reached = new Set(["docs/README.md"]);
    for (const page of reached) {
      for (const { file } of linksOf(page)) if (PAGES.includes(file) && file.startsWith("docs/")) reached.add(file);
    }
    expect(PAGES.filter((page) => page.startsWith("docs/") && !reached.has(page))).to.deep.equal([]);
  });

  for (const page of PAGES) {
    const text = readFileSync(join(ROOT, page), "utf8");

    it(`${page} links to what is there`, () => {
      for (const [, link = ""] of text.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
        if (/^https?:/.test(link)) continue;
        expect(existsSync(join(ROOT, dirname(page), link)), link).to.equal(true);
      }
    });

    it(`${page} links to headings that are there`, () => {
      const missing = linksOf(page).filter(
        ({ file, anchor }) => anchor !== undefined && file.endsWith(".md") && !anchorsOf(file).includes(anchor),
      );
      expect(missing).to.deep.equal([]);
    });

    it(`${page} names tests, files, functions and commands that are there`, () => {
      for (const [, name = ""] of text.matchAll(/`([\w/.-]+\.(?:test\.ts|t\.sol|ts|sol))`/g)) {
        const found = CODE.some((path) => path === name || path.endsWith(`/${name}`));
        expect(found, name).to.equal(true);
      }
      for (const [, name = ""] of text.matchAll(
        /`((?:contracts|protocol|client|node|indexer|explorer\/src|scripts|test|docs)\/[\w/-]*)`/g,
      )) {
        expect(existsSync(join(ROOT, name)), relative(ROOT, name)).to.equal(true);
      }
      for (const [, name = ""] of text.matchAll(/`(invariant_\w+)`/g)) {
        expect(
          SOLIDITY.some((source) => source.includes(`function ${name}(`)),
          name,
        ).to.equal(true);
      }
      for (const [, name = ""] of text.matchAll(/npm run ([\w:-]+)/g)) expect(scripts).to.have.property(name);
    });
  }

  for (const [page, heading] of [
    ["README.md", undefined],
    ["docs/wallets.md", "In the explorer"],
    ["docs/explorer.md", undefined],
  ] as const) {
    const text = readFileSync(join(ROOT, page), "utf8");
    const part = heading === undefined ? text : (text.split(/^## /m).find((each) => each.startsWith(heading)) ?? "");
    const names = new Set([...part.matchAll(/(?<!\*)\*([A-Z][^*\n]*)\*(?!\*)/g)].map(([, name = ""]) => name));

    it(`${page} names buttons or links of the explorer`, () => {
      expect([...names]).to.not.deep.equal([]);
    });

    for (const name of names) {
      it(`${page} names a button or link of the explorer: ${name}`, () => {
        const shown = new RegExp(`[>"]\\s*${name.replaceAll(" ", "\\s+")}\\s*[<"]`);
        expect(EXPLORER.some((source) => shown.test(source))).to.equal(true);
      });
    }
  }

  for (const page of ROOM_PAGES) {
    it(`${page} names each file of its room, or the folder that it is in`, () => {
      const text = readFileSync(join(ROOT, page), "utf8");
      const files = CODE.filter((path) => path.startsWith(`${dirname(page)}/`) && /(?<!\.test)\.tsx?$/.test(path));
      const named = (path: string) => text.includes(`\`${path}\``);
      const unnamed = files
        .map((path) => relative(dirname(page), path))
        .filter((path) => !named(path) && !named(`${path.split("/")[0]}/`));
      expect(unnamed).to.deep.equal([]);
    });
  }
});
