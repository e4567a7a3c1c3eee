import type { Address } from "viem";
import { requireRelease } from "#client/acts/owning/requireOwner.ts";
import { orRefusal } from "#client/errors/refusal.ts";
import { sentenceStart } from "#client/names/nameTexts.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { parseAddress } from "#protocol/address.ts";
import { KINDS } from "#protocol/kinds.ts";
import { exactText, percentText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { nameIds } from "../names/nameSource.ts";
import { printMoney, readMoney } from "../readMoney.ts";
import type { Session } from "../session.ts";

/** Shows the state of a release, an asset, an account or the whole deployment. */
export const status: Command<OptionsOf<"status">> = async (session, { release, asset, account }) => {
  if ([release, asset, account].filter((each) => each !== undefined).length > 1) {
    throw new UserError("status shows one thing at a time. Give only one of --release, --asset and --account.");
  }
  if (release !== undefined) return releaseStatus(session, parseRelease(release));
  if (asset !== undefined) return assetStatus(session, parseRelease(asset));
  if (account !== undefined) return accountStatus(session, parseAddress(account, "--account"));
  return deploymentStatus(session);
};

async function deploymentStatus(session: Session) {
  const { chain, deployment } = session;
  const { ledger, registry, chainId, client } = chain;
  const [currencies, releases, admin, commonsPpm, commonsBeneficiary, wrapped, block] = await Promise.all([
    session.chain.currencies(),
    ledger.read.releaseCount(),
    ledger.read.admin(),
    ledger.read.commonsPpm(),
    ledger.read.commonsBeneficiary(),
    session.chain.wrappedNative(),
    client.getBlockNumber(),
  ]);
  session.print(`Chain ${chainId} at block ${block}`);
  session.print(`Registry ${registry.address}, ledger ${ledger.address}, deployed in block ${deployment.startBlock}`);
  session.print(`${releases} releases`);
  for (const { symbol, address, decimals } of currencies) {
    const native = address === wrapped?.address ? "; wraps native money" : "";
    session.print(`Currency ${symbol}: ${address}, ${decimals} decimals${native}`);
  }
  session.print(`Admin, who may admit currencies: ${admin}`);
  session.print(`Commons: ${percentText(commonsPpm)} of all income, to ${commonsBeneficiary}`);
  return { ...deployment, block, releases, currencies, admin, commonsPpm, commonsBeneficiary };
}

async function releaseStatus(session: Session, release: number) {
  await requireRelease(session.chain, release);
  const info = await session.chain.ledger.read.releaseInfo([release]);
  const kind = KINDS[info.kind];
  await nameIds(session, { releases: [release, ...info.contributions.map((each) => each.release)] });
  const { names } = session.chain;
  session.print(`Release ${release} of ${names.asset(info.asset)} (${kind})`);
  session.print(
    `${info.retired ? "Retired: no new release may be built on it" : info.byGrant ? "By grant: only the owner of its asset, and accounts and assets with a grant, may build on it" : "Open: anyone may build on it"}; floor ${percentText(info.floor)}`,
  );
  session.print(`Keeps ${percentText(info.ownWeight)} of what it receives`);
  for (const { release: to, weight } of info.contributions) {
    session.print(`  passes ${percentText(weight)} to ${names.release(to)}`);
  }
  const inlet = session.deployment.periphery.inlets && (await session.chain.inlets.read.inletOf([release]));
  const flows = [];
  for (const currency of await session.chain.currencies()) {
    const [received, settled] = await session.chain.ledger.read.flowOf([release, currency.address]);
    const inInlet = inlet ? await session.chain.token(currency.address).read.balanceOf([inlet]) : 0n;
    flows.push({ currency, received, settled, inInlet });
    if (received > 0n) {
      session.print(
        `Received ${exactText(received, currency)}, of which ${exactText(received - settled, currency)} is unsettled`,
      );
    }
    if (inInlet > 0n) session.print(inletLine(exactText(inInlet, currency), release));
  }
  const nativeInInlet = inlet ? await session.chain.client.getBalance({ address: inlet }) : 0n;
  if (nativeInInlet > 0n) {
    const money = exactText(nativeInInlet, session.chain.native);
    session.print((await session.chain.wrappedNative()) ? inletLine(money, release) : recoverLine(money, release));
  }
  if (inlet) session.print(`Inlet ${inlet}`);
  return { release, ...info, kind, inlet, nativeInInlet, flows };
}

const inletLine = (money: string, release: number) =>
  `Its inlet holds ${money}. To turn it into a fee: npx hardhat sync ${release}`;

const recoverLine = (money: string, release: number) =>
  `Its inlet holds ${money}. It cannot become a fee, because the token that wraps native money is not admitted. To send it to the owner: npx hardhat sync ${release} --recover native`;

async function assetStatus(session: Session, asset: number) {
  const { registry, ledger } = session.chain;
  const owner = await orRefusal(registry.read.ownerOf([BigInt(asset)]));
  const [tokenUri, metadataDigest, info] = await Promise.all([
    registry.read.tokenURI([BigInt(asset)]),
    registry.read.metadataDigest([asset]),
    ledger.read.releaseInfo([asset]),
  ]);
  const kind = KINDS[info.kind];
  await nameIds(session, { assets: [asset] });
  session.print(`${sentenceStart(session.chain.names.asset(asset))} (${kind}), owned by ${owner}`);
  session.print(`Keep: each release of it keeps at least ${percentText(info.keep)}`);
  session.print(`Metadata ${tokenUri}`);
  const incomes = [];
  for (const currency of await session.chain.currencies()) {
    const [income, commonsSwept] = await ledger.read.incomeOf([asset, currency.address]);
    incomes.push({ currency, income, commonsSwept });
    if (income > 0n) session.print(`Settled income ${exactText(income, currency)}`);
  }
  return { asset, kind, owner, tokenUri, metadataDigest, keep: info.keep, incomes };
}

async function accountStatus(session: Session, account: Address) {
  const money = await readMoney(session.chain, account);
  session.print(`${account} has`);
  printMoney(session, money);
  session.print(`To see what it can collect: npx hardhat plan --account ${account}`);
  return { account, ...money };
}
