import { expect } from "chai";
import { toBeHex } from "ethers";
import {
  MAX_CONTRIBUTIONS,
  MAX_CONTRIBUTORS,
  MAX_CURRENCIES,
  MAX_DESCRIPTION_BYTES,
  MAX_ID,
  MAX_METADATA_BYTES,
  TOTAL_SHARES,
  WHOLE_PPM,
} from "#protocol/limits.ts";
import { DATASET, ethers, expectRefused, type Lineage, load, MODEL } from "../support/contracts/fixture.ts";
import { type AssetOptions, Kind, registerAsset, releaseDraft, Role } from "../support/economy/assets.ts";

/** Asserts that the stranger can register the first, and is refused the second with an error of this contract. */
async function expectLimit(
  lineage: Lineage,
  allowed: AssetOptions,
  above: AssetOptions,
  contract: "registry" | "ledger",
  error: string,
  ...args: unknown[]
): Promise<void> {
  const register = (options: AssetOptions) => registerAsset(lineage, lineage.stranger, options);
  await register(allowed);
  await expectRefused(lineage, () => register(above), [lineage[contract], error], ...args);
}

describe("The contracts' limits, as protocol/limits.ts says them", () => {
  it("WHOLE_PPM bounds a floor and the sum of weights", async () => {
    const lineage = await load();
    const floors = [{ floor: WHOLE_PPM }, { floor: WHOLE_PPM + 1 }] as const;
    await expectLimit(lineage, ...floors, "ledger", "AboveWhole", WHOLE_PPM + 1);
    const passing = (weight: number): AssetOptions => ({
      contributions: [
        { release: DATASET, weight: 1 },
        { release: MODEL, weight },
      ],
    });
    const weights = [passing(WHOLE_PPM - 1), passing(WHOLE_PPM)] as const;
    await expectLimit(lineage, ...weights, "ledger", "WeightsAboveWhole", WHOLE_PPM + 1);
  });

  it("TOTAL_SHARES are allocated, no more and no fewer", async () => {
    const lineage = await load();
    const allocating = (shares: bigint): AssetOptions => ({
      allocations: [{ account: lineage.stranger.address, role: Role.Data, shares }],
    });
    for (const shares of [TOTAL_SHARES + 1n, TOTAL_SHARES - 1n]) {
      const options = [allocating(TOTAL_SHARES), allocating(shares)] as const;
      await expectLimit(lineage, ...options, "ledger", "SharesNotWhole", shares);
    }
  });

  it("MAX_CONTRIBUTIONS bounds what a release is built from", async () => {
    const lineage = await load();
    const released = Number(await lineage.ledger.releaseCount());
    for (let id = released; id <= MAX_CONTRIBUTIONS; id++) await registerAsset(lineage, lineage.stranger);
    const naming = (count: number): AssetOptions => ({
      contributions: Array.from({ length: count }, (_, i) => ({ release: i + 1, weight: 1 })),
    });
    const options = [naming(MAX_CONTRIBUTIONS), naming(MAX_CONTRIBUTIONS + 1)] as const;
    await expectLimit(lineage, ...options, "ledger", "TooMany", MAX_CONTRIBUTIONS + 1, MAX_CONTRIBUTIONS);
  });

  it("MAX_CONTRIBUTORS bounds who shares in an asset from the start", async () => {
    const lineage = await load();
    const among = (count: number): AssetOptions => ({
      allocations: Array.from({ length: count }, (_, i) => ({
        account: toBeHex(i + 1, 20),
        role: Role.Data,
        shares: i === 0 ? TOTAL_SHARES - BigInt(count - 1) : 1n,
      })),
    });
    const options = [among(MAX_CONTRIBUTORS), among(MAX_CONTRIBUTORS + 1)] as const;
    await expectLimit(lineage, ...options, "ledger", "TooMany", MAX_CONTRIBUTORS + 1, MAX_CONTRIBUTORS);
  });

  it("MAX_METADATA_BYTES bounds the metadata, in bytes and not in characters", async () => {
    const lineage = await load();
    const long = "é".repeat(MAX_METADATA_BYTES / 2);
    const options = [{ metadata: long }, { metadata: `${long}x` }] as const;
    const args = [MAX_METADATA_BYTES + 1, MAX_METADATA_BYTES] as const;
    await expectLimit(lineage, ...options, "registry", "TextTooLong", ...args);
  });

  it("MAX_DESCRIPTION_BYTES bounds a release's label and URI together", async () => {
    const lineage = await load();
    const { registry, stranger } = lineage;
    const asset = await registerAsset(lineage, stranger);
    const label = "é".repeat(100);
    const publish = (uriBytes: number) =>
      registry.connect(stranger).publish(asset, { ...releaseDraft({ label }), uri: "x".repeat(uriBytes) });
    await publish(MAX_DESCRIPTION_BYTES - 200);
    const tooLong = () => publish(MAX_DESCRIPTION_BYTES - 199);
    const args = [MAX_DESCRIPTION_BYTES + 1, MAX_DESCRIPTION_BYTES] as const;
    await expectRefused(lineage, tooLong, [registry, "TextTooLong"], ...args);
  });

  it("MAX_CURRENCIES bounds what a ledger admits", async () => {
    const lineage = await load();
    const { ledger, admin } = lineage;
    const admit = async () =>
      ledger.connect(admin).admit(await ethers.deployContract("TestCurrency", ["New", "NEW", 18]));
    while ((await ledger.currencies()).length < MAX_CURRENCIES) await admit();
    await expectRefused(lineage, admit, [ledger, "TooManyCurrencies"]);
  });

  it("MAX_ID is the last id that an asset or a release gets, and that shares are known by", async () => {
    const lineage = await load();
    const { registry, ledger, stranger, holder } = lineage;
    await setReleaseCount(lineage, BigInt(MAX_ID) - 1n);
    expect(await registerAsset(lineage, stranger)).to.equal(BigInt(MAX_ID));
    const allocations = [{ account: stranger.address, role: Role.Data, shares: TOTAL_SHARES }];
    const asset = { kind: Kind.Dataset, keep: 0, metadata: "{}", allocations };
    const overflow = registry.connect(stranger).register(stranger, asset, releaseDraft());
    await expect(overflow).to.be.revertedWithPanic(0x11);

    const send = (id: bigint) => ledger.connect(stranger).safeTransferFrom(stranger, holder, id, 1n, "0x");
    await send(BigInt(MAX_ID));
    expect(await ledger.balanceOf(holder, MAX_ID)).to.equal(1n);
    const above = BigInt(MAX_ID) + 1n;
    await expectRefused(lineage, () => send(above), [ledger, "UnknownShareId"], above);
  });
});

/** Lets the ledger go on counting from here. It has counted this far by itself in no life of ours. */
async function setReleaseCount({ ledger }: Lineage, count: bigint): Promise<void> {
  const address = await ledger.getAddress();
  const before = toBeHex(await ledger.releaseCount(), 32);
  for (let slot = 0; slot < 20; slot++) {
    if ((await ethers.provider.getStorage(address, slot)) !== before) continue;
    await ethers.provider.send("hardhat_setStorageAt", [address, toBeHex(slot), toBeHex(count, 32)]);
    if ((await ledger.releaseCount()) === count) return;
    await ethers.provider.send("hardhat_setStorageAt", [address, toBeHex(slot), before]);
  }
  throw new Error("The ledger's count was not found in its storage.");
}
