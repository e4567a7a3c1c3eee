import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { Address } from "viem";
import { seededRandom } from "#node/seededRandom.ts";
import { importCommand, type ImportOptions } from "../../scripts/import/importCommand.ts";
import { refusal } from "../support/commands/options.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

interface Entry {
  name: string;
  kind?: string;
  dependsOn?: string[];
  date?: string;
}

const CUSTODIAN = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

describe("import", function () {
  this.timeout(60_000);
  let on: ParticipantNode;
  let files = 0;

  before(async () => {
    on = await startParticipant(4_271);
  });
  after(() => on?.stop());

  const write = async (content: unknown) => {
    const file = join(on.folder, `import-${files++}.json`);
    await writeFile(file, JSON.stringify(content));
    return file;
  };
  const lineage = (entries: Entry[]) =>
    write({ assets: entries.map((entry) => ({ kind: "model", organization: "Acme", dependsOn: [], ...entry })) });
  type How = Parameters<ParticipantNode["act"]>[2];
  const importFile = (file: string, options: Partial<ImportOptions> = {}, how: How = {}) =>
    on.act<ImportOptions>(
      importCommand,
      {
        file,
        owners: undefined,
        custodian: CUSTODIAN,
        matches: undefined,
        upstreamPpm: 300_000,
        kindWeights: "",
        depth: 1,
        batchGas: 8_000_000,
        ...options,
      },
      how,
    );
  /** The names of all assets, with those of what their newest release was built from. */
  const graph = async () => {
    const { registry, ledger } = on;
    const registered = await registry.queryFilter(registry.filters.AssetRegistered());
    const names = new Map(
      registered.map(({ args }) => {
        const { name } = JSON.parse(Buffer.from(args.metadata.slice(2), "hex").toString()) as { name?: string };
        return [Number(args.asset), name ?? `asset ${args.asset}`];
      }),
    );
    const published = await registry.queryFilter(registry.filters.ReleasePublished());
    const assetOf = new Map(published.map(({ args }) => [Number(args.release), Number(args.asset)]));
    const of = async (release: number) => {
      const { contributions } = await ledger.releaseInfo(release);
      return contributions.map((each) => names.get(assetOf.get(Number(each.release)) ?? 0));
    };
    const rows = await Promise.all(
      [...assetOf].map(async ([release, asset]) => [names.get(asset) ?? "", await of(release)] as const),
    );
    return { names: [...names.values()], builtFrom: new Map(rows) };
  };
  const occurrences = (names: readonly string[], prefix: string) => names.filter((name) => name.startsWith(prefix));

  describe("of names that are like another", () => {
    // The asset on the ledger, then the names in a lineage that may mean it.
    const NEAR = [
      ["BAAI/bge-base-en-v1.5", "baai/bge-base-en-v1.5"],
      ["Caf\u00e9 Corpus", "Cafe\u0301 Corpus"],
      ["Full Width 3", "Ｆｕｌｌ Ｗｉｄｔｈ ３"],
      ["Cyrillic Data", "Cyrillic Dаtа"],
      ["Zero Width", "Zero\u200b Width"],
      ["Meta-Llama-3-8B", "Llama 3"],
      ["OpenWebText", "OpenWebTxt"],
      ["acme/prefixed-model", "prefixed_model"],
    ] as const;

    for (const [name, dependency] of NEAR) {
      it(`registers nothing before "${dependency}" is decided, beside "${name}"`, async () => {
        const file = await lineage([{ name }, { name: `user of ${name}`, dependsOn: [dependency] }]);
        const message = refusal(await importFile(file));
        expect(message).to.contain("must be decided").and.to.contain("--matches").and.to.contain("Nothing was sent");
        expect(message).to.contain(JSON.stringify({ [dependency]: name }, undefined, 2));
        expect((await graph()).names).not.to.include(dependency);
      });
    }

    it("shows what a name may stand for, and takes the decisions from a file", async () => {
      const entries: Entry[] = [
        { name: "BAAI/bge" },
        { name: "decided", dependsOn: ["baai/bge", "BAAI/bge", "Wikipedia", "Wikipedia 2", "nowhere"] },
      ];
      const file = await lineage([...entries, { name: "Wikipedia 2" }]);
      const matches = await write({ "baai/bge": "BAAI/bge", Wikipedia: "leave out" });
      const dry = await importFile(file, {}, { dryRun: true });
      expect(dry.words).to.contain('"baai/bge", named by "decided", has no entry. Like it:');
      expect(dry.words).to.contain('1. "BAAI/bge" of this lineage (differs in upper and lower case)');
      const { result, words } = await importFile(file, { matches });
      expect(result).to.include({ assets: 4, releases: 4 });
      expect(words).to.contain('"baai/bge" is "BAAI/bge" of this lineage');
      expect(words).to.contain('"Wikipedia", named by "decided"');
      expect(words).to.contain(
        '"nowhere" (dataset) takes 10 % of every fee paid to "decided" for ever, and belongs to the custodian',
      );
      const { builtFrom } = await graph();
      expect(builtFrom.get("decided")).to.have.members(["BAAI/bge", "Wikipedia 2", "nowhere"]);
    });

    it("asks at the terminal, and writes the answers to the file", async () => {
      const file = await lineage([{ name: "Asked" }, { name: "asker", dependsOn: ["asked", "ASKED"] }]);
      const matches = join(on.folder, "answers.json");
      const answers = ["x", "1", "p"];
      const { result, words } = await importFile(
        file,
        { matches },
        { yes: false, answer: true, lines: async () => answers.shift() },
      );
      expect(result).to.include({ assets: 3 });
      expect(words).to.contain("Its number, p to register a placeholder, or l to leave it out:");
      expect(JSON.parse(await readFile(matches, "utf8"))).to.deep.equal({ asked: "Asked", ASKED: "placeholder" });
      expect((await graph()).builtFrom.get("asker")).to.have.members(["Asked", "ASKED"]);
    });

    it("finds them on the ledger, too: an exact name of a stranger's asset must be decided as well", async () => {
      const { alice } = on.accounts;
      const metadata = JSON.stringify({ name: "Common Voices", kind: "dataset" });
      const id = Number(await registerAsset(on, alice, { metadata }));
      const file = await lineage([{ name: "listener", dependsOn: ["Common Voices"] }]);
      const open = await importFile(file);
      expect(refusal(open)).to.contain(`"Common Voices": ${id}`);
      expect(open.words).to.contain(`asset ${id} on the ledger, the dataset "Common Voices" of`);
      const { result } = await importFile(file, { matches: await write({ "Common Voices": id }) });
      expect(result).to.include({ assets: 1, releases: 1 });
      const { builtFrom, names } = await graph();
      expect(builtFrom.get("listener")).to.deep.equal(["Common Voices"]);
      expect(occurrences(names, "Common Voices")).to.have.lengthOf(1);
    });

    it("takes an asset that this account registered earlier under exactly that name", async () => {
      await importFile(await lineage([{ name: "Own Corpus" }]));
      const { result } = await importFile(await lineage([{ name: "own user", dependsOn: ["Own Corpus"] }]));
      expect(result).to.include({ assets: 1 });
      expect((await graph()).builtFrom.get("own user")).to.deep.equal(["Own Corpus"]);
    });

    it("asks about names without an entry that are like each other, and warns of entries that are", async () => {
      const file = await lineage([
        { name: "reader", dependsOn: ["arXiv", "ArXiv"] },
        { name: "Twin" },
        { name: "twin" },
      ]);
      const answer = await importFile(file, {}, { dryRun: true });
      expect(answer.words).to.contain('"ArXiv", named by "reader", has no entry. Like it:\n');
      expect(answer.words).not.to.contain('"arXiv", named by "reader", has no entry');
      expect(answer.words).to.contain(
        '"twin" has the name of "Twin" of this lineage, but for the upper and lower case',
      );
    });

    it("refuses decisions about what does not exist", async () => {
      const file = await lineage([{ name: "lonely", dependsOn: ["Somewhere Else"] }]);
      for (const [decisions, reason] of [
        [{ lonley: "placeholder" }, '"lonley", a name that the lineage does not have'],
        [{ "Somewhere Else": 9_999 }, "asset 9999, which does not exist"],
        [{ "Somewhere Else": "nobody" }, '"nobody", a name that the lineage does not have'],
        [{ "Somewhere Else": "Somewhere Else" }, "is itself"],
        [{ lonely: "leave out" }, "has an entry of its own"],
        [{ "Somewhere Else": true }, "is not a file of decisions"],
      ] as const) {
        expect(refusal(await importFile(file, { matches: await write(decisions) }))).to.contain(reason);
      }
    });
  });

  it("shows the plan and asks; without a yes nothing is sent", async () => {
    const file = await lineage([
      { name: "plan a", dependsOn: ["plan b"] },
      { name: "plan b", dependsOn: ["plan a", "planned placeholder"] },
    ]);
    const before = await on.ledger.releaseCount();
    const { words, thrown } = await importFile(file, {}, { yes: false, answer: false });
    expect(words).to.contain("3 assets: 1 dataset, 2 models, 0 agents. 5 releases.");
    expect(words).to.contain(
      'Cut by a second release, because a dependency is newer or part of a cycle: "plan a", "plan b"',
    );
    expect(words).to.match(/\d transactions of up to 8000000 gas each, about \d+ gas together/);
    expect(words).to.match(/The gas costs about 0\.\d+ ETH \(\d+ gas\), and at most .* It takes about \d+ s\./);
    expect((thrown as Error).message).to.contain("Not confirmed");
    expect(await on.ledger.releaseCount()).to.equal(before);
  });

  /** A lineage in layers, with a cycle and a placeholder. */
  const layered = (prefix: string, count: number): Entry[] => {
    const random = seededRandom(count);
    return Array.from({ length: count }, (_, i) => {
      const layer = Math.floor(i / 12);
      const parents =
        layer === 0 ? [] : [1, 2].map(() => `${prefix} ${random.between((layer - 1) * 12, layer * 12 - 1)}`);
      const extra = i === 5 ? [`${prefix} placeholder`] : i === 7 ? [`${prefix} ${count - 1}`] : [];
      return { name: `${prefix} ${i}`, dependsOn: [...new Set([...parents, ...extra])] };
    });
  };
  const expected = (entries: Entry[]) =>
    new Map(entries.map(({ name, dependsOn = [] }) => [name, [...dependsOn].sort()]));
  const requireGraph = async (entries: Entry[], prefix: string) => {
    const { names, builtFrom } = await graph();
    const own = occurrences(names, prefix);
    expect(own).to.have.lengthOf(entries.length + 1); // and the placeholder, each once
    expect(new Set(own).size).to.equal(own.length);
    for (const [name, parents] of expected(entries))
      expect([...(builtFrom.get(name) ?? [])].sort()).to.deep.equal(parents);
  };

  it("registers in batches of the stated gas, and a second run does nothing", async () => {
    const entries = layered("batch", 60);
    const file = await lineage(entries);
    const { result, transactions } = await importFile(file, { batchGas: 1_500_000 });
    expect(Number(result?.transactions)).to.be.below(30);
    for (const { gasUsed } of transactions) expect(Number(gasUsed)).to.be.below(1_700_000);
    await requireGraph(entries, "batch ");
    const again = await importFile(file);
    expect(again.result).to.include({ transactions: 0, made: 0 });
    expect(again.transactions).to.deep.equal([]);
  });

  it("resumes after three interruptions, with transactions in flight at each, and registers nothing twice", async () => {
    const entries = layered("stop", 60);
    const file = await lineage(entries);
    const { provider } = on.ethers;
    for (let i = 0; i < 3; i++) {
      await provider.send("evm_setAutomine", [false]);
      const stop = new AbortController();
      const running = importFile(file, { batchGas: 700_000 }, { signal: stop.signal });
      const inFlight = async () => Number(await provider.send("eth_getBlockTransactionCountByNumber", ["pending"]));
      // The empty transactions come first.
      const reaches = async (count: number) => {
        while ((await inFlight()) < count) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      await reaches(4);
      await provider.send("evm_mine", []);
      await reaches(i === 0 ? 2 : 1);
      stop.abort(new Error("interrupted"));
      const { error } = await running;
      expect(error?.message)
        .to.contain("The import was interrupted.")
        .and.to.contain("In flight, and may still be mined: 0x");
      // The transactions are mined only while the next run waits for them.
      if (i < 2)
        setTimeout(() => void provider.send("evm_setAutomine", [true]).then(() => provider.send("evm_mine", [])), 300);
      if (i < 2) {
        const waiting = await importFile(file, { batchGas: 700_000 }, { dryRun: true });
        expect(waiting.words).to.match(/Waiting until \d+ pending transactions? of 0x\w+ (is|are) mined/);
      }
    }
    await provider.send("evm_setAutomine", [true]);
    await provider.send("evm_mine", []);
    const last = await importFile(file);
    expect(last.error).to.equal(undefined);
    await requireGraph(entries, "stop ");
  });

  it("registers nothing twice if transactions that the node forgot come back after a resume with other batches", async () => {
    const file = await lineage(Array.from({ length: 12 }, (_, i) => ({ name: `forgotten ${i}` })));
    const { provider } = on.ethers;
    await provider.send("evm_setAutomine", [false]);
    const stop = new AbortController();
    const running = importFile(file, { batchGas: 700_000 }, { signal: stop.signal });
    const pending = async () =>
      (await provider.send("eth_getBlockByNumber", ["pending", true])) as { transactions: Record<string, string>[] };
    for (const isCalls of [false, true]) {
      for (;;) {
        const { transactions } = await pending();
        const some = transactions.filter(({ input }) => (input !== "0x") === isCalls);
        if (some.length >= (isCalls ? 2 : 4)) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      if (!isCalls) await provider.send("evm_mine", []);
    }
    stop.abort(new Error("interrupted"));
    await running;
    const { transactions: forgotten } = await pending();
    for (const { hash } of forgotten) await provider.send("hardhat_dropTransaction", [hash]);
    await provider.send("evm_setAutomine", [true]);
    expect((await importFile(file)).error).to.equal(undefined);
    for (const { from, to, input, nonce, gas, maxFeePerGas, maxPriorityFeePerGas } of forgotten) {
      const again = { from, to, data: input, nonce, gas, maxFeePerGas, maxPriorityFeePerGas };
      await provider.send("eth_sendTransaction", [again]).catch(() => undefined);
    }
    expect(occurrences((await graph()).names, "forgotten ")).to.have.lengthOf(12);
  });

  it("builds on the right releases although a stranger registers between the batches", async () => {
    const entries = layered("strange", 48);
    const file = await lineage(entries);
    const { stranger, payer } = on.accounts;
    let strangers = 0;
    // The stranger sees each batch in the mempool, and is mined before it.
    const { provider } = on.ethers;
    await provider.send("evm_setAutomine", [false]);
    const end = new AbortController();
    const mining = (async () => {
      while (!end.signal.aborted) {
        const metadata = JSON.stringify({ name: `stranger ${strangers++}` });
        const draft = {
          contributions: [],
          floor: 0,
          byGrant: false,
          label: "",
          digest: `0x${"0".repeat(64)}`,
          uri: "",
        };
        const asset = {
          kind: 0,
          keep: 0,
          metadata,
          allocations: [{ account: payer.address, role: 0, shares: 100_000_000n }],
        };
        const sent = on.registry.connect(stranger).register(payer.address, asset, draft, {
          maxFeePerGas: 10n ** 12n,
          maxPriorityFeePerGas: 10n ** 11n,
          gasLimit: 500_000n,
        });
        await sent;
        await provider.send("evm_mine", []);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    })();
    const { error } = await importFile(file, { batchGas: 1_000_000 });
    end.abort();
    await mining;
    await provider.send("evm_setAutomine", [true]);
    await provider.send("evm_mine", []);
    expect(error).to.equal(undefined);
    expect(strangers).to.be.greaterThan(3);
    await requireGraph(entries, "strange ");
  });

  it("refuses an import that the account cannot pay for as a whole, before anything is sent", async () => {
    const { provider } = on.ethers;
    const poor = on.accounts.bob.address as Address;
    const balance = await provider.getBalance(poor);
    await provider.send("hardhat_setBalance", [poor, "0x38d7ea4c68000"]); // 0.001
    const answer = await importFile(await lineage(layered("poor", 24)), {}, { as: on.accounts.bob });
    expect(refusal(answer)).to.contain("the whole import needs about");
    await provider.send("hardhat_setBalance", [poor, `0x${balance.toString(16)}`]);
  });
});
