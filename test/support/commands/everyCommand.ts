import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { PAY_WAYS } from "#client/acts/paying/pay.ts";
import type { Answer, ParticipantNode } from "../participant.ts";
import { AGENT } from "./options.ts";

export interface EveryCommandParameters {
  on: ParticipantNode;
  /** Runs a command with `--json --yes` as the first account, and returns what it prints. */
  json: (...args: string[]) => Promise<Answer>;
  /** Runs a command that prints for people only, and returns its output. */
  plain: (...args: string[]) => Promise<string>;
}

/**
 * Runs every command that sends transactions, each in one run and with its result checked on the chain: register, publish,
 * grant, revoke, retire, restore, set-metadata, pay in each way, submit, faucet, deposit, withdraw, sync, settle, claim, collect,
 * transfer-shares, transfer-asset, keeper and import. Only bind-identity is left out: the deployment has no identity registry.
 *
 * @returns the number of transactions of each command.
 */
export async function everyCommand({ on, json, plain }: EveryCommandParameters): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-every-"));
  const sent: Record<string, number> = {};
  const run = async (...args: string[]) => {
    const answer = await json(...args);
    const way = args.includes("--way") ? ` ${args[args.indexOf("--way") + 1]}` : "";
    sent[`${args[0]}${way}`] = answer.transactions.length;
    return answer;
  };
  const service = await on.startApi();
  const indexed = ["--api", service.api];
  try {
    const { result: registered } = await run("register", "--name", "Labels", "--kind", "dataset", "--by-grant");
    const asset = String(registered?.asset);
    const { result: published } = await run("publish", asset, "--built-from", "1:10%", "--label", "2", "--by-grant");
    const release = String(published?.release);
    await run("grant", release, "--account", on.accounts.alice.address);
    expect(await on.registry.accountGrant(release, on.accounts.alice)).to.equal(true);
    await run("revoke", release, "--account", on.accounts.alice.address);
    await run("retire", release);
    await run("restore", release);
    await run("set-metadata", asset, "--name", "Labels 2");
    expect(await on.registry.metadataDigest(asset)).to.equal(
      on.ethers.sha256(on.ethers.toUtf8Bytes('{"name":"Labels 2","kind":"dataset"}')),
    );

    await run("faucet", "--currency", "sUSD", "--amount", "1");
    await run("deposit", "5", "--currency", "sUSD");
    for (const way of PAY_WAYS) {
      const currency = way === "native" ? [] : ["--currency", "sUSD"];
      await run("pay", release, "1", "--way", way, ...currency);
    }
    expect(await on.received(Number(release), on.signed)).to.equal(5_000_000n);
    await run("withdraw", "all", "--currency", "sUSD");
    await run("deposit", "1", "--currency", "tUSD");
    await run("withdraw", "all", "--currency", "tUSD");
    expect(await on.ledger.creditOf(on.accounts.admin, on.signed)).to.equal(0n);
    await run("sync", release);
    expect(await on.received(Number(release), on.signed)).to.equal(6_000_000n);
    const file = join(folder, "payment.json");
    await run("pay", release, "1", "--way", "authorization", "--currency", "sUSD", "--sign", file);
    await run("submit", file);
    expect(await on.received(Number(release), on.signed)).to.equal(7_000_000n);

    await run("settle", "--from", release, "--currency", "sUSD");
    await run("claim", asset, "--currency", "sUSD");
    await run("pay", release, "3", "--way", "allowance", "--currency", "tUSD");
    await service.caughtUp();
    const { result: collected } = await run("collect", ...indexed);
    // The commons get 1 %, and release 1 gets a tenth of the rest.
    expect(collected?.paid).to.deep.include({
      amount: "2673000",
      currency: await on.dollar.getAddress(),
      assets: [Number(asset)],
    });
    await run("transfer-shares", asset, "1000", on.accounts.alice.address);
    expect(await on.ledger.balanceOf(on.accounts.alice, asset)).to.equal(1_000n);
    await run("transfer-asset", asset, on.accounts.alice.address);
    expect(await on.registry.ownerOf(asset)).to.equal(on.accounts.alice.address);

    await run("pay", String(AGENT), "100", "--way", "allowance", "--currency", "tUSD");
    await run("keeper", "--once", "--price", "tUSD=1", "--margin", "1", ...indexed);
    expect((await on.ledger.flowOf(1, on.dollar)).settled).to.not.equal(0n);

    const lineage = join(folder, "lineage.json");
    const assets = ["One", "Two", "Three"].map((name, i, names) => ({
      name,
      kind: "model",
      organization: "Acme",
      date: "2026",
      dependsOn: names.slice(0, i),
    }));
    await writeFile(lineage, JSON.stringify({ assets }));
    const before = await on.ledger.releaseCount();
    const options = ["--custodian", on.accounts.alice.address, "--confirmations", "1", "--yes"];
    await plain("import", lineage, ...options);
    expect((await on.ledger.releaseCount()) - before).to.equal(3n);
    await plain("import", lineage, ...options);
    expect((await on.ledger.releaseCount()) - before, "a second import registers nothing").to.equal(3n);
    return sent;
  } finally {
    await service.stop();
    await rm(folder, { recursive: true });
  }
}
