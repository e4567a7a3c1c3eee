import { expect } from "chai";
import { type Address, zeroHash } from "viem";
import { startWalletChain, type Wallet, type WalletChain } from "./localWallets.ts";

const FEE = 1_000_000n;
const REF = `0x${"cd".repeat(32)}` as const;
const WHOLE = 100_000_000n;

const draft = (owner: Address, kind: number, name: string) => ({
  kind,
  keep: 0,
  metadata: JSON.stringify({ name }),
  allocations: [{ account: owner, role: 4, shares: WHOLE }],
});
const release = (contributions: { release: number; weight: number }[] = [], byGrant = false) => ({
  contributions,
  floor: 0,
  byGrant,
  label: "1",
  digest: zeroHash,
  uri: "",
});

for (const { title, open } of [
  { title: "A person's wallet", open: (chain: WalletChain) => Promise.resolve(chain.person(2)) },
  { title: "An organization's contract wallet", open: (chain: WalletChain) => chain.organization(2) },
]) {
  describe(`${title}, with addresses and ABIs only`, function () {
    this.timeout(60_000);
    let chain: WalletChain;
    let wallet: Wallet;
    let upstream: Wallet;

    before(async () => {
      chain = await startWalletChain();
      [wallet, upstream] = [await open(chain), chain.person(3)];
      const { registry, ledger, currency } = chain.contracts;
      const args = [upstream.address, draft(upstream.address, 0, "corpus"), release([], true)];
      await upstream.send({ ...registry, functionName: "register", args });
      await upstream.send({ ...currency, functionName: "mint", args: [wallet.address, 100n * FEE] });
      await wallet.send({ ...currency, functionName: "approve", args: [ledger.address, 100n * FEE] });
    });
    after(() => chain?.stop());

    const onRegistry = (functionName: string, ...args: unknown[]) =>
      wallet.send({ ...chain.contracts.registry, functionName, args });
    const onLedger = (functionName: string, args: unknown[], value = 0n) =>
      wallet.send({ ...chain.contracts.ledger, functionName, args, value });
    const asked = (functionName: string, ...args: unknown[]) =>
      chain.read(chain.contracts.preview, functionName, ...args);
    const credit = (currency: Address) => chain.read(chain.contracts.ledger, "creditOf", wallet.address, currency);
    const balance = () => chain.read(chain.contracts.currency, "balanceOf", wallet.address) as Promise<bigint>;

    it("asks whether it may build on a release, gets a grant, and registers a model", async () => {
      const { registry } = chain.contracts;
      expect(await asked("mayBuildOn", 1, wallet.address, 0)).to.deep.equal([false, "GrantRequired", 1]);
      await upstream.send({ ...registry, functionName: "setAccountGrant", args: [1, wallet.address, true] });
      expect(await asked("mayBuildOn", 1, wallet.address, 0)).to.deep.equal([true, "", 1]);
      const model = draft(wallet.address, 1, "model é");
      const sent = await onRegistry("register", wallet.address, model, release([{ release: 1, weight: 300_000 }]));
      expect(chain.events(sent, registry, "AssetRegistered")[0]).to.include({ asset: 2, keep: 0 });
      expect(await chain.read(registry, "ownerOf", 2)).to.equal(wallet.address);
    });

    it("publishes a release, retires and restores it, grants, and replaces the asset's metadata", async () => {
      const { registry, ledger } = chain.contracts;
      await onRegistry("publish", 2, release([{ release: 2, weight: 1_000 }]));
      await onRegistry("setRetired", 3, true);
      expect(await chain.read(ledger, "releaseInfo", 3)).to.include({ asset: 2, retired: true });
      await onRegistry("setRetired", 3, false);
      await onRegistry("setAssetGrant", 3, 1, true);
      expect(await chain.read(registry, "assetGrant", 3, 1)).to.equal(true);
      const sent = await onRegistry("setMetadata", 2, '{"name":"model"}');
      const [changed] = chain.events(sent, registry, "MetadataChanged");
      expect(JSON.parse(Buffer.from(String(changed?.metadata).slice(2), "hex").toString())).to.deep.equal({
        name: "model",
      });
    });

    it("previews where its fee will go, and pays in each way", async () => {
      const { currency } = chain.contracts;
      const [shares] = (await asked("whereFeesGo", 2, 10)) as [{ release: number; reaches: bigint }[]];
      expect(shares.map(({ release: id, reaches }) => [id, reaches])).to.deep.equal([
        [2, 10n ** 18n],
        [1, 3n * 10n ** 17n],
      ]);
      const paid = await onLedger("pay", [2, currency.address, FEE, REF]);
      expect(chain.events(paid, chain.contracts.ledger, "FeePaid")[0]).to.include({ payer: wallet.address, ref: REF });
      await onLedger("payNative", [2, zeroHash], 5n);
      await onLedger("payAndSettle", [2, currency.address, FEE, REF, [2]]);
      await onLedger("deposit", [currency.address, FEE, wallet.address]);
      await onLedger("payFromCredit", [2, currency.address, 400_000n, REF]);
      expect(await credit(currency.address)).to.equal(600_000n);
      expect(await chain.read(chain.contracts.ledger, "flowOf", 2, currency.address)).to.deep.equal([
        2_400_000n,
        2_000_000n,
      ]);
    });

    it("pays an inlet by a plain transfer, and syncs it", async () => {
      const { currency, inlets, ledger } = chain.contracts;
      const inlet = await chain.read(inlets, "inletOf", 2);
      await wallet.send({ ...currency, functionName: "transfer", args: [inlet, 600_000n] });
      const sent = await wallet.send({ ...inlets, functionName: "sync", args: [2, currency.address] });
      expect(chain.events(sent, ledger, "FeePaid")[0]).to.include({ payer: inlet, amount: 600_000n });
    });

    it("previews what it will be paid, and collects exactly that", async () => {
      const { currency } = chain.contracts;
      const expected = await asked("collectable", wallet.address, [2], [2], currency.address);
      // 70 % of 3,000,000, less 1 %.
      expect(expected).to.equal(2_079_000n);
      const before = await balance();
      await onLedger("collect", [[2], [2], currency.address, wallet.address]);
      expect((await balance()) - before).to.equal(2_079_000n);
    });

    it("settles, claims to its credit and to a wallet, and withdraws", async () => {
      const { currency } = chain.contracts;
      for (const claim of ["claimToCredit", "claim"]) {
        await onLedger("pay", [2, currency.address, FEE, REF]);
        await onLedger("settle", [[2], currency.address]);
        const args =
          claim === "claim" ? [[2], currency.address, wallet.address] : [wallet.address, [2], currency.address];
        await onLedger(claim, args);
      }
      expect(await credit(currency.address)).to.equal(600_000n + 693_000n);
      await onLedger("withdraw", [currency.address, 1_293_000n, wallet.address]);
      expect(await credit(currency.address)).to.equal(0n);
    });

    it("withdraws what it earned in native money", async () => {
      const { ledger } = chain.contracts;
      const wrapped = (await chain.read(ledger, "wrappedNative")) as Address;
      await onLedger("payNative", [2, REF], 1_000n);
      await onLedger("settle", [[2], wrapped]);
      await onLedger("claimToCredit", [wallet.address, [2], wrapped]);
      const earned = (await credit(wrapped)) as bigint;
      // 70 % of 1,005, that is 703, less 1 %.
      expect(earned).to.equal(695n);
      const to = "0x00000000000000000000000000000000000a11e7";
      await onLedger("withdrawNative", [earned, to]);
      expect(await chain.reader.getBalance({ address: to })).to.equal(695n);
    });

    it("settles, then sells shares", async () => {
      const { ledger } = chain.contracts;
      await onLedger("safeTransferFrom", [wallet.address, upstream.address, 2, 25_000_000n, "0x"]);
      expect(await chain.read(ledger, "balanceOf", upstream.address, 2)).to.equal(25_000_000n);
    });
  });
}
