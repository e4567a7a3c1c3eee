import { expect } from "chai";
import { AGENT, DATASET, MODEL } from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

const ONE = 10n ** 18n;

async function sharesOf({ preview }: Awaited<ReturnType<typeof loadPeriphery>>, release: bigint, most: number) {
  const { shares, truncated } = await preview.whereFeesGo(release, most);
  return { truncated, shares: shares.map(({ release: id, reaches, keeps }) => [id, reaches, keeps]) };
}

describe("ReleasePreview.whereFeesGo", () => {
  it("shows what reaches the release and each of its ancestors, and what each keeps", async () => {
    const lineage = await loadPeriphery();
    expect(await sharesOf(lineage, AGENT, 10)).to.deep.equal({
      truncated: false,
      shares: [
        [AGENT, ONE, ONE / 2n],
        [MODEL, ONE / 2n, (ONE * 35n) / 100n],
        [DATASET, (ONE * 15n) / 100n, (ONE * 15n) / 100n],
      ],
    });
  });

  it("shows a release without contributions to keep everything", async () => {
    expect(await sharesOf(await loadPeriphery(), DATASET, 1)).to.deep.equal({
      truncated: false,
      shares: [[DATASET, ONE, ONE]],
    });
  });

  it("answers with as many as were asked for, and says if there are more", async () => {
    const lineage = await loadPeriphery();
    expect(await sharesOf(lineage, AGENT, 1)).to.deep.equal({ truncated: true, shares: [[AGENT, ONE, ONE / 2n]] });
    expect(await sharesOf(lineage, AGENT, 0)).to.deep.equal({ truncated: true, shares: [] });
  });

  it("refuses a release that there is not", async () => {
    const { preview, ledger } = await loadPeriphery();
    for (const release of [0n, 4n]) {
      await expect(preview.whereFeesGo(release, 10))
        .to.be.revertedWithCustomError(ledger, "UnknownRelease")
        .withArgs(release);
    }
  });
});
