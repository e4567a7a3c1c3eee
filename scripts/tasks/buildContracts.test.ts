import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { buildContracts } from "./buildContracts.ts";

describe("buildContracts", () => {
  let root: string;
  let builds: number;
  let whileBuilding: () => Promise<void>;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tributary-build-"));
    for (const folder of ["contracts/libraries", "cache", "artifacts", "types"]) {
      await mkdir(join(root, folder), { recursive: true });
    }
    for (const file of ["contracts/A.sol", "contracts/libraries/B.sol", "hardhat.config.ts"]) {
      await writeFile(join(root, file), "");
    }
    builds = 0;
    whileBuilding = async () => undefined;
    await aMomentLater();
  });
  afterEach(() => rm(root, { recursive: true }));

  const aMomentLater = () => new Promise((resolve) => setTimeout(resolve, 20));
  const build = () => {
    const run = async () => {
      builds++;
      await whileBuilding();
    };
    const paths = {
      root,
      cache: join(root, "cache"),
      artifacts: join(root, "artifacts"),
      sources: { solidity: [join(root, "contracts")] },
    };
    // The part of Hardhat that it uses.
    return buildContracts({
      config: { paths },
      tasks: { getTask: () => ({ run }) },
    } as unknown as HardhatRuntimeEnvironment);
  };

  it("builds once", async () => {
    await build();
    await build();
    expect(builds).to.equal(1);
  });

  const changes: Record<string, () => Promise<void>> = {
    "a source was edited": () => writeFile(join(root, "contracts/libraries/B.sol"), "x"),
    "a source was added": () => writeFile(join(root, "contracts/C.sol"), "x"),
    "a source was taken away": () => rm(join(root, "contracts/libraries/B.sol")),
    "the settings were edited": () => writeFile(join(root, "hardhat.config.ts"), "x"),
    "another version's packages were installed": () => writeFile(join(root, "package-lock.json"), "{}"),
    "what was built is gone": () => rm(join(root, "artifacts"), { recursive: true }),
    "its types are gone": () => rm(join(root, "types"), { recursive: true }),
    "everything was cleaned": () => rm(join(root, "cache/built")),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`builds again if ${what}`, async () => {
      await build();
      await aMomentLater();
      await change();
      await build();
      expect(builds).to.equal(2);
    });
  }

  it("builds again what was edited during the build", async () => {
    whileBuilding = async () => {
      await aMomentLater();
      await writeFile(join(root, "contracts/A.sol"), "x");
    };
    await build();
    whileBuilding = async () => undefined;
    await aMomentLater();
    await build();
    await build();
    expect(builds).to.equal(2);
  });

  it("does not count a failed build", async () => {
    whileBuilding = () => Promise.reject(new Error("It does not compile."));
    for (let i = 0; i < 2; i++) expect(await build().catch(({ message }: Error) => message)).to.contain("compile");
    expect(builds).to.equal(2);
  });
});
