import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { find } from "../../scripts/participant/commands/find.ts";
import { publishRelease, registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

interface Found {
  asset: number;
  release: number;
  name: string;
  owner: string;
  difference: string;
  retired: boolean;
}

describe("find", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let service: Awaited<ReturnType<ParticipantNode["startApi"]>>;
  const ids: Record<string, number> = {};

  const register = async (key: string, name: string, organization?: string) => {
    const metadata = JSON.stringify({ name, organization });
    ids[key] = Number(await registerAsset(on, on.accounts.alice, { kind: 1, metadata }));
  };

  before(async () => {
    on = await startParticipant(4_282);
    await register("hyphen", "LLAMA-3", "Stranger");
    await register("exact", "Llama 3", "Meta");
    await register("cyrillic", "Llаma 3");
    await register("other", "Mistral 7B");
    await register("hostile", "Evil\u001b[2K\n\u202erelease 1");
    ids.newest = Number(await publishRelease(on, on.accounts.alice, BigInt(ids.exact ?? 0), { label: "3.1" }));
    await (await on.registry.connect(on.accounts.alice).setRetired(ids.newest, true)).wait();
    service = await on.startApi();
    await service.caughtUp();
  });
  after(async () => {
    await service?.stop();
    await on?.stop();
  });

  for (const source of ["the chain's logs", "an indexer"] as const) {
    const search = async (text: string) => {
      const api = source === "an indexer" ? service.api : undefined;
      const { result, words, error } = await on.act(find, { text, api });
      expect(error).to.equal(undefined);
      return { ...(result as { found: Found[]; near: Found[] }), words };
    };

    it(`prints exact names first, then what has the same name or looks like it, from ${source}`, async () => {
      const { found, words } = await search("Llama 3");
      expect(found.map(({ asset }) => asset)).to.deep.equal([ids.exact, ids.hyphen, ids.cyrillic]);
      expect(found[0]).to.deep.include({ release: ids.newest, owner: on.accounts.alice.address, retired: true });
      const [first = "", second = "", third = ""] = words.split("\n");
      expect(first).to.contain(
        `model Llama 3 · Meta: asset ${ids.exact}, newest release ${ids.newest}, owner ${on.accounts.alice.address} (retired`,
      );
      expect(second)
        .to.contain(`model LLAMA-3 · Stranger: asset ${ids.hyphen}`)
        .and.to.contain("spaces or punctuation");
      expect(third).to.contain("with letters that look alike");
    });

    it(`finds a name in another form, and prints it without what controls a terminal, from ${source}`, async () => {
      expect((await search("ｍｉｓｔｒａｌ_7b")).found.map(({ asset }) => asset)).to.deep.equal([ids.other]);
      const { words } = await search("evil[2k release 1");
      expect(words).to.contain(`"Evil[2K release 1": asset ${ids.hostile}`);
      // oxlint-disable-next-line no-control-regex -- such characters must not be printed
      expect(words).not.to.match(/[\u001b\u202e]/);
    });

    it(`prints near names if nothing has the name, from ${source}`, async () => {
      const { found, near, words } = await search("Mistrall 7B");
      expect(found).to.deep.equal([]);
      expect(near.map(({ asset }) => asset)).to.deep.equal([ids.other]);
      expect(words).to.contain("No asset of 5 assets with a name is called Mistrall 7B. Names that are like it:");
      expect((await search("Zebra")).words).to.contain("Nor has any a name like it.");
    });
  }

  it("refuses an empty name, and a server that is no indexer", async () => {
    expect((await on.act(find, { text: " ", api: undefined })).error?.message).to.contain("There is no name to find.");
    const { error } = await on.act(find, { text: "x", api: on.url });
    expect(error?.message).to.contain("--api");
  });

  for (const [title, assets] of [
    ["an id that does not exist", [{ id: 10 ** 9 }]],
    ["an owner that is no address", [{ owner: "0x12\u001b[2K" }]],
    ["ids that do not ascend, as a list without an end", [{ id: 2 }, { id: 2 }]],
    ["no releases", [{ releases: [] }]],
  ] as const) {
    it(`refuses an indexer's list with ${title}`, async () => {
      const plain = {
        id: 1,
        kind: "model",
        name: "x",
        organization: null,
        owner: on.accounts.alice.address,
        releases: [1],
      };
      const server = await lyingIndexer(on.deployment.ledger, {
        data: assets.map((asset) => ({ ...plain, ...asset })),
        next: null,
      });
      const { port } = server.address() as AddressInfo;
      const { error } = await on.act(find, { text: "x", api: `http://127.0.0.1:${port}` });
      expect(error?.message).to.contain("does not list the assets as an indexer does");
      server.close();
    });
  }
});

/** Starts a server that follows the ledger as an indexer does, and lists any assets. */
async function lyingIndexer(ledger: string, assets: object): Promise<Server> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.url?.includes("/v1/ledger") ? { data: { ledger }, ledger } : assets));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
