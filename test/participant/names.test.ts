import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { createPublicClient, http } from "viem";
import { claim } from "../../scripts/participant/commands/claim.ts";
import { collect } from "../../scripts/participant/commands/collect.ts";
import { sweep } from "../../scripts/participant/commands/governing/commons.ts";
import { grant, revoke } from "../../scripts/participant/commands/owning/grant.ts";
import { pay, submit } from "../../scripts/participant/commands/pay.ts";
import { plan } from "../../scripts/participant/commands/plan.ts";
import { publish } from "../../scripts/participant/commands/publish.ts";
import { register as registerCommand } from "../../scripts/participant/commands/register.ts";
import { settle } from "../../scripts/participant/commands/settle.ts";
import { status } from "../../scripts/participant/commands/status.ts";
import { sync } from "../../scripts/participant/commands/sync.ts";
import { transferShares } from "../../scripts/participant/commands/owning/transferShares.ts";
import { restore, retire } from "../../scripts/participant/commands/owning/retire.ts";
import type { CommandName } from "../../scripts/participant/commandLine.ts";
import { publishRelease, registerAsset } from "../support/economy/assets.ts";
import { atTerminal, type AtTerminalParameters } from "../support/commands/atTerminal.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const payment = { currency: "tUSD", way: "allowance", reference: undefined, sign: undefined, expires: "1d" };
const described = {
  metadata: undefined,
  leaveOut: undefined,
  description: undefined,
  owner: undefined,
  shares: undefined,
  keep: "0",
};
const draft = { builtFrom: "", floor: "0", byGrant: false, label: "", digest: undefined, uri: "", grants: "" };
const grantee = { account: undefined, asset: undefined, sign: false, expires: "30d", file: undefined };

describe("names in place of ids", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let llama: number;
  let newest: number;

  const register = async (name: string, organization = "Meta") =>
    Number(await registerAsset(on, on.accounts.alice, { kind: 1, metadata: JSON.stringify({ name, organization }) }));

  before(async () => {
    on = await startParticipant(4_281);
    llama = await register("Llama 3");
    await register("Corpus");
    newest = Number(await publishRelease(on, on.accounts.alice, BigInt(llama), { label: "3.1" }));
  });
  after(() => on.stop());

  const run = <Name extends CommandName>(parameters: Omit<AtTerminalParameters<Name>, "on">) =>
    atTerminal({ on, ...parameters });
  const payTo = (release: string, how: Partial<AtTerminalParameters<"pay">> = {}) =>
    run({ name: "pay", command: pay, typed: { release, amount: "1", ...payment }, ...how });

  it("pays the newest release of the asset, after its ids, its owner and its terms were shown", async () => {
    const before = await on.received(newest, on.dollar);
    const { words, questions, error } = await payTo("llama-3");
    expect(error).to.equal(undefined);
    expect((await on.received(newest, on.dollar)) - before).to.equal(1_000_000n);
    expect(words)
      .to.contain(
        `"llama-3" is asset ${llama}: the model Llama 3 · Meta, owned by ${on.accounts.alice.address}, registered in`,
      )
      .and.to.contain(`Its newest release is ${newest}, label "3.1": open; floor 0 %.`);
    expect(questions).to.deep.equal(["Is that what you mean?", "Send it?"]);
    expect(words.indexOf("owned by")).to.be.lessThan(words.indexOf("Is that what you mean?"));
  });

  it("sends nothing if the person says no", async () => {
    const { error, mined, questions } = await payTo("Llama 3", { answers: [false] });
    expect(error?.message).to.equal("Not confirmed. Nothing was signed or sent.");
    expect([mined.length, questions.length]).to.deep.equal([0, 1]);
  });

  for (const [title, terminal, shared, reason] of [
    ["without a terminal for the questions", { isInteractive: false, isSeen: true }, {}, "without a terminal"],
    ["where nobody sees what it prints", { isInteractive: true, isSeen: false }, {}, "without a terminal"],
    ["with --yes", undefined, { yes: true }, "with --yes"],
    ["with --json", undefined, { json: true }, "with --json"],
  ] as const) {
    it(`refuses a name ${title}, and says where the id is`, async () => {
      const { error, mined } = await payTo("Llama 3", { shared, ...(terminal && { terminal }) });
      expect(error?.message).to.contain(`nobody can ${reason}. Give the id: npx hardhat find "Llama 3" shows it.`);
      expect(mined).to.deep.equal([]);
    });
  }

  it("accepts ids without a terminal, as before", async () => {
    const { error, mined } = await payTo(`#${newest}`, {
      shared: { yes: true },
      terminal: { isInteractive: false, isSeen: false },
    });
    expect(error).to.equal(undefined);
    expect(mined.length).to.be.greaterThan(0);
  });

  for (const text of ["release 4", "４", "١", "asset #4", "0x04", "id 4"]) {
    it(`never takes ${JSON.stringify(text)} as a name, although an asset is called so`, async () => {
      await register(text);
      const { mined, error } = await payTo(text).catch((thrown: Error) => ({ mined: [], error: thrown }));
      expect(error?.message).to.contain("is not a release or asset. Give an id: a whole number from 1");
      expect(mined).to.deep.equal([]);
    });
  }

  it("says which names are like one that nothing has", async () => {
    const { error } = await payTo("Lllama 3");
    expect(error?.message)
      .to.contain("No asset is called Lllama 3. Names that are like it:")
      .and.to.contain(`asset ${llama}`);
    expect((await payTo("Zebra")).error?.message).to.contain("Nor has any a name like it.");
  });

  it("builds on the newest releases of names, beside ids", async () => {
    const { alice } = on.accounts;
    const { error, words, result } = await run({
      name: "publish",
      command: publish,
      typed: { asset: "Corpus", ...draft, builtFrom: `Llama 3:20%,1:5%` },
      as: alice,
    });
    expect(error).to.equal(undefined);
    const { release } = result as { release: number };
    const { contributions } = await on.ledger.releaseInfo(release);
    expect(contributions.map(({ release: to, weight }) => [Number(to), Number(weight)])).to.deep.equal([
      [1, 50_000],
      [newest, 200_000],
    ]);
    expect(words).to.contain("Is that what you mean?");
  });

  it("writes a proposal for a contract wallet only after the question", async () => {
    const propose = join(on.folder, "named.json");
    const refused = await payTo("Llama 3", { shared: { propose }, answers: [false] });
    expect(refused.error?.message).to.contain("Not confirmed");
    const { error, questions } = await payTo("Llama 3", { shared: { propose } });
    expect([error, questions]).to.deep.equal([undefined, ["Is that what you mean?"]]);
    expect(await readFile(propose, "utf8")).to.contain('"transactions"');
  });

  it("takes names in lists, options and commands that only read", async () => {
    const settled = await run({
      name: "settle",
      command: settle,
      typed: { releases: [], from: "Llama 3", currency: "tUSD" },
    });
    expect(settled.error).to.equal(undefined);
    expect((await on.ledger.flowOf(newest, on.dollar)).settled).to.be.greaterThan(0n);
    const claimed = await run({
      name: "claim",
      command: claim,
      typed: { assets: ["Llama 3"], currency: "tUSD", to: undefined, toCredit: false, account: undefined },
      as: on.accounts.alice,
    });
    expect((claimed.result as { paid: unknown[] }).paid).to.have.lengthOf(1);
    const typed = { release: "Llama 3", asset: undefined, account: undefined };
    const shown = await run({ name: "status", command: status, typed });
    expect(shown.words).to.contain(`Release ${newest}`);
    expect(shown.questions).to.deep.equal([]);
    const retired = await run({ name: "retire", command: retire, typed: { release: "Corpus" }, as: on.accounts.alice });
    expect(retired.error).to.equal(undefined);
    const marked = await run({
      name: "grant",
      command: grant,
      typed: { ...grantee, release: "Corpus", asset: "Llama 3" },
      as: on.accounts.alice,
    });
    expect(marked.words).to.contain("RETIRED: no new release may be built on it");
  });

  it("takes a name from the registry's digest, not from an indexer that says otherwise", async () => {
    const service = await on.startApi();
    try {
      await service.caughtUp();
      const { error, words } = await payTo("Llama 3", { shared: { api: service.api } });
      expect(error).to.equal(undefined);
      expect(words).to.contain(`asset ${llama}: the model Llama 3 · Meta, owned by`);
    } finally {
      await service.stop();
    }
  });

  it("warns of an asset that was registered under another name", async () => {
    const asset = await register("Harmless");
    const renamed = JSON.stringify({ name: "Mistral 7B" });
    await (await on.registry.connect(on.accounts.alice).setMetadata(asset, renamed)).wait();
    const { words } = await payTo("Mistral 7B", { answers: [false] });
    expect(words).to.contain("Warning: it was registered as Harmless, and renamed later.");
  });

  for (const [title, twin] of [
    ["exactly alike", "Twin 1"],
    ["in another case", "TWIN-2"],
    ["in another Unicode form", "Twi\u0301n 3"],
    ["with a letter of another alphabet", "Twіn 4"], // a Ukrainian i
    ["with an invisible character", "Tw\u200bin 5"],
    ["with a digit for a letter", "Tw1n 6"],
    ["with an organization before it", "stranger/Twin 7"],
  ] as const) {
    it(`refuses a name that a stranger has registered again, ${title}, and lists both`, async () => {
      const name = twin.startsWith("Twi\u0301n") ? "Tw\u00edn 3" : `Twin ${twin.at(-1)}`;
      const own = await register(name);
      const other = Number(
        await registerAsset(on, on.accounts.stranger, {
          metadata: JSON.stringify({ name: twin, organization: "Meta" }),
        }),
      );
      for (const builtFrom of [`${name}:20%`, `1:5%,${name}:1%`]) {
        const { error, mined } = await run({
          name: "publish",
          command: publish,
          typed: { asset: "Corpus", ...draft, builtFrom },
          as: on.accounts.alice,
        });
        expect(error?.message)
          .to.contain("may be any of 2 assets")
          .and.to.contain(`asset ${own}, newest release ${own}, owner ${on.accounts.alice.address}`)
          .and.to.contain(`asset ${other}, newest release ${other}, owner ${on.accounts.stranger.address}`)
          .and.to.contain("registered in block")
          .and.to.contain("fees received: none");
        expect(mined).to.deep.equal([]);
      }
    });
  }

  it("refuses a name that only looks like the one that was typed", async () => {
    const asset = await register("Gеmma"); // a Cyrillic e
    const { error } = await payTo("Gemma");
    expect(error?.message).to.contain("No asset is called exactly Gemma").and.to.contain(`asset ${asset}`);
  });

  describe("beside ids", () => {
    let hostile: number;
    const HOSTILE = '"x) and release 1 (Llama"';

    before(async () => {
      hostile = await register("x) and release 1 (Llama\u202e", "Meta");
    });

    const output = async <Name extends CommandName>(
      name: Name,
      command: AtTerminalParameters<Name>["command"],
      typed: Record<string, unknown>,
      as = on.accounts.alice,
    ) => {
      const { words, error } = await run({ name, command, typed, as });
      expect(error, words).to.equal(undefined);
      return words;
    };

    it("stand in every output of the commands that build, grant and retire", async () => {
      const release = String(hostile);
      const built = { name: "Child", organization: "Acme", kind: "model", builtFrom: `${newest}:10%,${hostile}:10%` };
      const registered = await output("register", registerCommand, { ...described, ...draft, ...built, byGrant: true });
      expect(registered)
        .to.contain(
          `built from release ${newest} (Llama 3 · Meta) (10 %), release ${hostile} (${HOSTILE} · Meta) (10 %)`,
        )
        .and.to.contain(`release ${newest} (asset ${llama}, Llama 3 · Meta) gets 10 % of a fee`)
        .and.to.match(/Registered asset \d+ \(Child · Acme\)/);
      const child = /Registered asset (\d+)/.exec(registered)?.[1] ?? "";
      expect(await output("publish", publish, { asset: release, ...draft })).to.contain(
        `of asset ${hostile} (${HOSTILE} · Meta)`,
      );
      const granted = await output("grant", grant, { ...grantee, release: child, asset: release });
      expect(granted).to.contain(
        `Let releases of asset ${hostile} (${HOSTILE} · Meta) build on release ${child} (Child · Acme)`,
      );
      const revoked = { release: child, account: undefined, asset: release, signed: undefined };
      expect(await output("revoke", revoke, revoked)).to.contain(`release ${child} (Child · Acme)`);
      expect(await output("retire", retire, { release })).to.contain(`Retire release ${hostile} (${HOSTILE} · Meta)`);
      expect(await output("restore", restore, { release })).to.contain(
        `Restore release ${hostile} (${HOSTILE} · Meta)`,
      );
    });

    it("stand in every output of the commands that move money", async () => {
      const release = String(hostile);
      const { payer, bob } = on.accounts;
      const named = `${hostile} (${HOSTILE} · Meta)`;
      for (const way of ["allowance", "inlet"]) {
        const paid = await output("pay", pay, { release, amount: "3", ...payment, way }, payer);
        expect(paid).to.contain(`release ${named}`);
      }
      const file = join(on.folder, "named-fee.json");
      const signed = { release, amount: "1", ...payment, currency: "sUSD", way: "authorization", sign: file };
      expect(await output("pay", pay, signed, payer)).to.contain(`for release ${named}.`);
      expect(await output("submit", submit, { file, signature: undefined })).to.contain(`Release ${named} received`);
      const synced = { release, currency: "tUSD", recover: undefined, assets: String(llama) };
      expect(await output("sync", sync, synced)).to.contain(`into a fee of release ${named}`);
      const settled = await output("settle", settle, { releases: [release], from: undefined, currency: "tUSD" });
      expect(settled).to.contain(`release ${named} settles`);
      const claiming = { currency: "tUSD", to: undefined, toCredit: false, account: undefined };
      expect(await output("claim", claim, { assets: [release], ...claiming })).to.contain(`Assets: ${named}.`);
      const swept = await output("sweep", sweep, { assets: [release], currency: "tUSD" });
      expect(swept).to.contain(`Assets: ${named}.`);
      const transferred = { asset: release, shares: "1000", to: bob.address };
      expect(await output("transfer-shares", transferShares, transferred)).to.contain(`shares of asset ${named}`);
    });

    it("stand in every output of the commands that read an indexer", async () => {
      const service = await on.startApi();
      try {
        await output("pay", pay, { release: String(llama), amount: "5", ...payment }, on.accounts.payer);
        await service.caughtUp();
        const planning = {
          currency: "tUSD",
          assets: undefined,
          all: false,
          credit: false,
          price: "",
          api: service.api,
        };
        const shown = `${llama} (Llama 3 · Meta)`;
        const { alice } = on.accounts;
        expect(await output("plan", plan, { account: alice.address, ...planning })).to.contain(shown);
        const byNames = { ...planning, assets: "Llama 3" };
        expect(await output("collect", collect, { to: undefined, ...byNames })).to.contain(`Assets: ${shown}.`);
      } finally {
        await service.stop();
      }
    });

    it("stand in the status of a release and an asset, and in the JSON object", async () => {
      const of = { release: undefined, asset: undefined, account: undefined };
      expect(await output("status", status, { ...of, release: String(newest) })).to.contain(
        `Release ${newest} of asset ${llama} (Llama 3 · Meta) (model)`,
      );
      expect(await output("status", status, { ...of, asset: String(llama) })).to.contain(
        `Asset ${llama} (Llama 3 · Meta) (model)`,
      );
      const { names } = await on.act(status, { ...of, release: String(newest) });
      expect(names?.releases[newest]).to.deep.equal({ asset: llama, name: "Llama 3", organization: "Meta" });
    });

    for (const [title, answer] of [
      ["refuses old logs", () => Promise.reject(new Error("missing trie node: pruned"))],
      ["never answers for logs", () => new Promise<never>(() => undefined)],
      ["leaves out logs", () => Promise.resolve([])],
    ] as const) {
      it(`are left out within some seconds where a node ${title}, and the command goes on`, async () => {
        const node = createPublicClient({ transport: http(on.url, { retryCount: 0 }) });
        const request = (asked: { method: string }) =>
          asked.method === "eth_getLogs" ? answer() : node.request(asked as never);
        const begin = Date.now();
        const { words, error, mined } = await payTo(String(newest), { provider: { request } as never });
        expect(error).to.equal(undefined);
        expect(mined.length).to.be.greaterThan(0);
        expect(words).to.contain(`into release ${newest}.`);
        expect(Date.now() - begin).to.be.lessThan(15_000);
      });
    }

    it("are not old ones if a node leaves out the event that replaced them", async () => {
      const renamed = await register("Before");
      const metadata = JSON.stringify({ name: "After" });
      await (await on.registry.connect(on.accounts.alice).setMetadata(renamed, metadata)).wait();
      const node = createPublicClient({ transport: http(on.url, { retryCount: 0 }) });
      const request = async (asked: { method: string }) => {
        const answer: unknown = await node.request(asked as never);
        return asked.method === "eth_getLogs" ? (answer as unknown[]).slice(0, 1) : answer;
      };
      const { words } = await payTo(String(renamed), { provider: { request } as never, answers: [false] });
      expect(words).to.contain(`into release ${renamed}.`).and.not.to.contain("Before");
    });
  });

  it("cannot be broken out of by a hostile name", async () => {
    await register("Evil\u001b[2K\r\nWarning: all is well) release 1 (Llama\u202e");
    const { error } = await payTo("Evil[2K Warning: all is well) release 1 (Llamas");
    // oxlint-disable-next-line no-control-regex -- such characters must not be printed
    expect(error?.message).not.to.match(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(error?.message).to.contain('"Evil[2K Warning: all is well) release 1 (Llama"');
  });
});
