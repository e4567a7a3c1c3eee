import { expect } from "chai";
import { AbiCoder, concat, hexlify, toUtf8Bytes, ZeroAddress, ZeroHash } from "ethers";
import {
  type AssetOptions,
  Kind,
  registerAsset,
  releaseDraft,
  Role,
  TOTAL_SHARES,
  WHOLE,
} from "../support/economy/assets.ts";
import { badContributions } from "../support/contracts/badContributions.ts";
import {
  AGENT,
  DATASET,
  ethers,
  expectRefused,
  type Lineage,
  load,
  MODEL,
  releaseOf,
} from "../support/contracts/fixture.ts";

const METADATA = `{"name":"Rain in Spain"}`;

/** Registers an asset of the stranger. */
const register = (lineage: Lineage, options: AssetOptions = {}) => registerAsset(lineage, lineage.stranger, options);

/** Asserts that the stranger cannot register this. */
const expectRegistrationRefused = (lineage: Lineage, options: AssetOptions, error: string, ...args: unknown[]) =>
  expectRefused(lineage, () => register(lineage, options), [lineage.ledger, error], ...args);

const floorOf = async ({ ledger }: Lineage, release: bigint) => (await ledger.releaseInfo(release)).floor;

describe("AssetRegistry.register", () => {
  it("counts ids up from 1, for assets and releases alike", async () => {
    const lineage = await load();
    expect(await lineage.ledger.releaseCount()).to.equal(3n);
    expect(await register(lineage)).to.equal(4n);
    expect(await lineage.ledger.releaseCount()).to.equal(4n);
  });

  it("answers with the new id", async () => {
    const { registry, stranger } = await load();
    const allocations = [{ account: stranger.address, role: Role.Data, shares: TOTAL_SHARES }];
    const asset = { kind: Kind.Dataset, keep: 0, metadata: METADATA, allocations };
    expect(await registry.connect(stranger).register.staticCall(stranger, asset, releaseDraft())).to.equal(4n);
  });

  it("gives the asset to the named owner, whoever registers it", async () => {
    const lineage = await load();
    const asset = await register(lineage, { owner: lineage.holder });
    expect(await lineage.registry.ownerOf(asset)).to.equal(lineage.holder.address);
  });

  it("tells the whole asset and release in events", async () => {
    const { registry, ledger, stranger, holder } = await load();
    const allocations = [
      { account: stranger.address, role: Role.Training, shares: 99_999_999n },
      { account: holder.address, role: Role.Data, shares: 1n },
    ];
    const asset = { kind: Kind.Model, keep: 200_000, metadata: METADATA, allocations };
    const contributions = [
      { release: DATASET, weight: 1n },
      { release: MODEL, weight: 300_000n },
    ];
    const release = {
      contributions,
      floor: 50_000,
      byGrant: true,
      label: "3.1",
      digest: ethers.id("d"),
      uri: "ar://x",
    };
    const edges = [(DATASET << 24n) | 1n, (MODEL << 24n) | 300_000n];
    await expect(registry.connect(stranger).register(stranger, asset, release))
      .to.emit(registry, "AssetRegistered")
      .withArgs(4n, stranger, Kind.Model, 200_000, hexlify(toUtf8Bytes(METADATA)))
      .and.to.emit(registry, "ReleasePublished")
      .withArgs(4n, 4n, edges, 50_000, true, "3.1", ethers.id("d"), "ar://x")
      .and.to.emit(ledger, "SharesAllocated")
      .withArgs(4n, stranger, Role.Training, 99_999_999n)
      .and.to.emit(ledger, "SharesAllocated")
      .withArgs(4n, holder, Role.Data, 1n)
      .and.to.emit(ledger, "TransferSingle")
      .withArgs(registry, ZeroAddress, stranger, 4n, 99_999_999n)
      .and.to.emit(ledger, "TransferSingle")
      .withArgs(registry, ZeroAddress, holder, 4n, 1n);
  });

  it("records the release as it was given", async () => {
    const lineage = await load();
    const contributions = [
      { release: DATASET, weight: 100_000n },
      { release: AGENT, weight: 250_000n },
    ];
    const terms = { floor: 20_000, byGrant: true, keep: 650_000 };
    const id = await register(lineage, { kind: Kind.Agent, contributions, ...terms });
    expect(await releaseOf(lineage, id)).to.deep.equal({
      asset: id,
      kind: BigInt(Kind.Agent),
      ownWeight: 650_000n,
      floor: 20_000n,
      keep: 650_000n,
      byGrant: true,
      retired: false,
      contributions,
    });
  });

  // Two edges stand in the release word, the others four to a slot: each count here begins or ends a slot.
  for (const count of [0, 1, 2, 3, 6, 7, 10, 63, 64]) {
    it(`keeps ${count} contributions in order`, async () => {
      const lineage = await load();
      const contributions = [];
      for (let i = 0; i < count; i++) {
        contributions.push({ release: await register(lineage), weight: BigInt(1_000 + i) });
      }
      const id = await register(lineage, { contributions });
      expect((await releaseOf(lineage, id)).contributions).to.deep.equal(contributions);
    });
  }

  it("lets a release pass everything on and keep nothing", async () => {
    const lineage = await load();
    const id = await register(lineage, { contributions: [{ release: DATASET, weight: WHOLE }] });
    expect((await lineage.ledger.releaseInfo(id)).ownWeight).to.equal(0n);
  });

  describe("shares", () => {
    it("hands out all of them as allocated, adding up for an account named twice", async () => {
      const lineage = await load();
      const { ledger, holder, stranger } = lineage;
      const id = await register(lineage, {
        allocations: [
          { account: holder.address, role: Role.Data, shares: 30_000_000n },
          { account: stranger.address, role: Role.Compute, shares: 60_000_000n },
          { account: holder.address, role: Role.Training, shares: 10_000_000n },
        ],
      });
      expect(await ledger.balanceOf(holder, id)).to.equal(40_000_000n);
      expect(await ledger.balanceOf(stranger, id)).to.equal(60_000_000n);
    });

    it("asks no leave of a contributor that is a contract", async () => {
      const lineage = await load();
      const refusing = await ethers.deployContract("RefusingReceiver");
      const account = await refusing.getAddress();
      const id = await register(lineage, { allocations: [{ account, role: Role.Data, shares: TOTAL_SHARES }] });
      expect(await lineage.ledger.balanceOf(refusing, id)).to.equal(TOTAL_SHARES);
    });

    const equalAllocations = ({ holder }: Lineage, count: number, each: bigint, last: bigint) =>
      Array.from({ length: count }, (_, i) => ({
        account: holder.address,
        role: Role.Data,
        shares: i === count - 1 ? last : each,
      }));

    it("go to 64 contributors at most", async () => {
      const lineage = await load();
      const id = await register(lineage, { allocations: equalAllocations(lineage, 64, 1n, TOTAL_SHARES - 63n) });
      expect(await lineage.ledger.balanceOf(lineage.holder, id)).to.equal(TOTAL_SHARES);
      const allocations = equalAllocations(lineage, 65, 1n, TOTAL_SHARES - 64n);
      await expectRegistrationRefused(lineage, { allocations }, "TooMany", 65n, 64n);
    });

    for (const sum of [0n, 99_999_999n, 100_000_001n]) {
      it(`may not add up to ${sum.toLocaleString("en")}`, async () => {
        const lineage = await load();
        const allocations = sum === 0n ? [] : equalAllocations(lineage, 2, 1n, sum - 1n);
        await expectRegistrationRefused(lineage, { allocations }, "SharesNotWhole", sum);
      });
    }

    it("may not come in an allocation of none", async () => {
      const lineage = await load();
      const allocations = equalAllocations(lineage, 2, 0n, TOTAL_SHARES);
      await expectRegistrationRefused(lineage, { allocations }, "ZeroAmount");
    });

    it("may not go to the zero address or to the ledger", async () => {
      const lineage = await load();
      for (const account of [ZeroAddress, await lineage.ledger.getAddress()]) {
        const allocations = [{ account, role: Role.Data, shares: TOTAL_SHARES }];
        await expectRegistrationRefused(lineage, { allocations }, "InvalidRecipient", account);
      }
    });
  });

  describe("contributions", () => {
    for (const { title, contributions, error, args } of badContributions) {
      it(`may not be ${title}`, async () => {
        await expectRegistrationRefused(await load(), { contributions }, error, ...args);
      });
    }

    it("may not name a retired release", async () => {
      const lineage = await load();
      await lineage.registry.connect(lineage.datasetOwner).setRetired(DATASET, true);
      const contributions = [{ release: DATASET, weight: 1 }];
      await expectRegistrationRefused(lineage, { contributions }, "ReleaseRetired", DATASET);
    });

    it("may not have a release id or a weight wider than its type", async () => {
      const { registry, stranger } = await load();
      const send = (release: bigint, weight: bigint) => {
        const args = AbiCoder.defaultAbiCoder().encode(
          [
            "address",
            "tuple(uint8, uint24, string, tuple(address, uint8, uint96)[])",
            "tuple(tuple(uint256, uint256)[], uint24, bool, string, bytes32, string)",
          ],
          [
            stranger.address,
            [Kind.Dataset, 0, METADATA, [[stranger.address, Role.Data, TOTAL_SHARES]]],
            [[[release, weight]], 0, false, "1", ZeroHash, ""],
          ],
        );
        const { selector } = registry.interface.getFunction("register");
        return stranger.sendTransaction({ to: registry, data: concat([selector, args]) });
      };
      await expect(send(DATASET, 1n)).to.emit(registry, "ReleasePublished");
      await expect(send(DATASET + (1n << 40n), 1n)).to.be.revertedWithoutReason(ethers);
      await expect(send(DATASET, 1n + (1n << 24n))).to.be.revertedWithoutReason(ethers);
    });
  });

  describe("floor", () => {
    /** Registers a release with one contribution. */
    const registerOn = (lineage: Lineage, release: bigint, weight: number, floor = 0) =>
      register(lineage, { contributions: [{ release, weight }], floor });

    it("is what was declared, up to the whole", async () => {
      const lineage = await load();
      expect(await floorOf(lineage, await register(lineage, { floor: WHOLE }))).to.equal(1_000_000n);
    });

    it("may not be above the whole", async () => {
      await expectRegistrationRefused(await load(), { floor: WHOLE + 1 }, "AboveWhole", 1_000_001n);
    });

    it("refuses a weight below it and takes one that meets it", async () => {
      const lineage = await load();
      const demanding = await register(lineage, { floor: 50_000 });
      const contributions = [{ release: demanding, weight: 49_999 }];
      await expectRegistrationRefused(lineage, { contributions }, "WeightBelowFloor", demanding, 49_999n, 50_000n);
      // Whoever passes no more than the floor must be passed everything.
      expect(await floorOf(lineage, await registerOn(lineage, demanding, 50_000))).to.equal(1_000_000n);
    });

    it("is inherited divided by the weight, rounded up", async () => {
      const lineage = await load();
      const demanding = await register(lineage, { floor: 50_000 });
      expect(await floorOf(lineage, await registerOn(lineage, demanding, 500_000))).to.equal(100_000n);
      // 50,000 / 0.3 = 166,666.67
      expect(await floorOf(lineage, await registerOn(lineage, demanding, 300_000))).to.equal(166_667n);
      expect(await floorOf(lineage, await registerOn(lineage, demanding, WHOLE))).to.equal(50_000n);
    });

    it("is the highest of what is declared and what is inherited", async () => {
      const lineage = await load();
      const low = await register(lineage, { floor: 10_000 });
      const high = await register(lineage, { floor: 30_000 });
      const contributions = [
        { release: low, weight: 100_000 }, // hands down 100,000
        { release: high, weight: 600_000 }, // hands down 50,000
      ];
      expect(await floorOf(lineage, await register(lineage, { contributions, floor: 99_999 }))).to.equal(100_000n);
      expect(await floorOf(lineage, await register(lineage, { contributions, floor: 100_001 }))).to.equal(100_001n);
    });

    it("is told in the event as it ended, not as it was declared", async () => {
      const lineage = await load();
      const { registry } = lineage;
      const demanding = await register(lineage, { floor: 50_000 });
      const heir = await registerOn(lineage, demanding, 500_000, 1);
      const [event] = await registry.queryFilter(registry.filters.ReleasePublished(heir));
      expect(event?.args.floor).to.equal(100_000n);
    });

    it("cannot be evaded by a shell release in between", async () => {
      const lineage = await load();
      const demanding = await register(lineage, { floor: 50_000 });
      const shell = await registerOn(lineage, demanding, 50_000);
      const contributions = [{ release: shell, weight: 999_999 }];
      await expectRegistrationRefused(lineage, { contributions }, "WeightBelowFloor", shell, 999_999n, WHOLE);
    });

    it("still reaches the one who asked for it three hops down", async () => {
      const lineage = await load();
      const { ledger, dollar, payer } = lineage;
      const demanding = await register(lineage, { floor: 50_000 });
      const ids = [demanding];
      for (const weight of [500_000, 400_000, 250_000]) {
        ids.unshift(await registerOn(lineage, ids[0] ?? demanding, weight));
      }
      // 50,000 → 100,000 → 250,000 → 1,000,000: the last one passes 0.25 · 0.4 · 0.5 = 5 %.
      expect(await Promise.all(ids.map((id) => floorOf(lineage, id)))).to.deep.equal([
        1_000_000n,
        250_000n,
        100_000n,
        50_000n,
      ]);
      await ledger.connect(payer).payAndSettle(ids[0] ?? 0n, dollar, 1_000_000n, ZeroHash, ids);
      expect((await ledger.flowOf(demanding, dollar)).received).to.equal(50_000n);
    });
  });

  it("holds the first release to the asset's keep", async () => {
    const lineage = await load();
    const contributions = [{ release: DATASET, weight: 300_001 }];
    const refused = ["OwnWeightBelowKeep", 699_999n, 700_000n] as const;
    await expectRegistrationRefused(lineage, { contributions, keep: 700_000 }, ...refused);
    const id = await register(lineage, { contributions, keep: 699_999 });
    expect((await lineage.ledger.releaseInfo(id)).keep).to.equal(699_999n);
  });

  it("refuses a keep above the whole", async () => {
    const refused = ["OwnWeightBelowKeep", 1_000_000n, 1_000_001n] as const;
    await expectRegistrationRefused(await load(), { keep: WHOLE + 1 }, ...refused);
  });

  it("refuses metadata of more than 8,192 bytes", async () => {
    const lineage = await load();
    const { registry } = lineage;
    await register(lineage, { metadata: "x".repeat(8_192) });
    const tooLong = () => register(lineage, { metadata: "x".repeat(8_193) });
    await expectRefused(lineage, tooLong, [registry, "TextTooLong"], 8_193n, 8_192n);
  });

  it("refuses a label and a uri of more than 2,048 bytes together", async () => {
    const lineage = await load();
    const { registry } = lineage;
    await register(lineage, { label: "x".repeat(2_048) });
    const tooLong = () => register(lineage, { label: "x".repeat(2_049) });
    await expectRefused(lineage, tooLong, [registry, "TextTooLong"], 2_049n, 2_048n);
  });

  it("refuses the zero address as owner", async () => {
    const lineage = await load();
    const { registry, stranger } = lineage;
    const allocations = [{ account: stranger.address, role: Role.Data, shares: TOTAL_SHARES }];
    const asset = { kind: Kind.Dataset, keep: 0, metadata: METADATA, allocations };
    const call = () => registry.register(ZeroAddress, asset, releaseDraft());
    await expectRefused(lineage, call, [registry, "ERC721InvalidReceiver"], ZeroAddress);
  });

  it("refuses a kind or a role that there is not", async () => {
    const lineage = await load();
    const allocations = [{ account: lineage.stranger.address, role: Role.Other + 1, shares: TOTAL_SHARES }];
    await expect(register(lineage, { kind: Kind.Agent + 1 })).to.revert(ethers);
    await expect(register(lineage, { allocations })).to.revert(ethers);
    expect(await lineage.ledger.releaseCount()).to.equal(3n);
  });

  it("alone may add an asset to the ledger", async () => {
    const lineage = await load();
    const { ledger, admin, datasetOwner } = lineage;
    const allocations = [{ account: admin.address, role: Role.Data, shares: TOTAL_SHARES }];
    for (const caller of [admin, datasetOwner]) {
      const call = () => ledger.connect(caller).addAsset(Kind.Dataset, 0, 0, false, [], allocations);
      await expectRefused(lineage, call, [ledger, "OnlyRegistry"]);
    }
  });
});
