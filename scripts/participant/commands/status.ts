import type { Address } from "viem";
import { KINDS } from "#protocol/kinds.ts";
import { UserError } from "#protocol/userError.ts";
import { parseRelease } from "#client/acts/draft.ts";
import { type Currency, exactText, percentText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { Session } from "../session.ts";

export interface StatusOptions {
  release: string | undefined;
  asset: string | undefined;
  account: string | undefined;
}

/** Tells how a release, an asset, an account or the whole deployment stands. */
export const status: Command<StatusOptions> = async (session, { release, asset, account }) => {
  if ([release, asset, account].filter((each) => each !== undefined).length > 1) {
    throw new UserError("Ask about one thing at a time: --release, --asset or --account.");
  }
  if (release !== undefined) return releaseStatus(session, parseRelease(release));
  if (asset !== undefined) return assetStatus(session, parseRelease(asset));
  if (account !== undefined) return accountStatus(session, session.address(account, "--account"));
  return deploymentStatus(session);
};

async function deploymentStatus(session: Session) {
  const { ledger, registry, deployment, chainId, client } = session;
  const [currencies, releases, admin, commonsPpm, commonsBeneficiary, wrapped, block] = await Promise.all([
    session.currencies(),
    ledger.read.releaseCount(),
    ledger.read.admin(),
    ledger.read.commonsPpm(),
    ledger.read.commonsBeneficiary(),
    session.wrapped(),
    client.getBlockNumber(),
  ]);
  session.say(`Chain ${chainId}, at block ${block}`);
  session.say(`Registry ${registry.address}, ledger ${ledger.address}, since block ${deployment.startBlock}`);
  session.say(`${releases} releases`);
  for (const { symbol, address, decimals } of currencies) {
    const native = address === wrapped?.address ? "; native money is wrapped in it" : "";
    session.say(`Takes ${symbol}, ${address}, with ${decimals} decimals${native}`);
  }
  session.say(`Currencies are admitted by ${admin}`);
  session.say(`${percentText(commonsPpm)} of all income is for the commons, ${commonsBeneficiary}`);
  return { ...deployment, block, releases, currencies, admin, commonsPpm, commonsBeneficiary };
}

async function releaseStatus(session: Session, release: number) {
  await session.requireRelease(release);
  const info = await session.ledger.read.releaseInfo([release]);
  const kind = KINDS[info.kind];
  session.say(`Release ${release} of asset ${info.asset}, a ${kind}`);
  session.say(
    `${info.retired ? "Retired: nothing new may be built on it" : info.byGrant ? "To build on by grant" : "Open to build on"}; floor ${percentText(info.floor)}`,
  );
  session.say(`Of what it receives it keeps ${percentText(info.ownWeight)}`);
  for (const { release: to, weight } of info.contributions) {
    session.say(`  and passes ${percentText(weight)} to release ${to}`);
  }
  const inlet = session.deployment.periphery.inlets && (await session.inlets.read.inletOf([release]));
  const flows = [];
  for (const currency of await session.currencies()) {
    const [received, settled] = await session.ledger.read.flowOf([release, currency.address]);
    const inInlet = inlet ? await session.token(currency.address).read.balanceOf([inlet]) : 0n;
    flows.push({ currency, received, settled, inInlet });
    if (received > 0n) {
      session.say(
        `Received ${exactText(received, currency)}, of which ${exactText(received - settled, currency)} is unsettled`,
      );
    }
    if (inInlet > 0n) session.say(`In its inlet lie ${exactText(inInlet, currency)}: npx hardhat sync ${release}`);
  }
  const nativeInInlet = inlet ? await session.client.getBalance({ address: inlet }) : 0n;
  if (nativeInInlet > 0n)
    session.say(`In its inlet lie ${exactText(nativeInInlet, session.native)}: npx hardhat sync ${release}`);
  if (inlet) session.say(`Inlet ${inlet}`);
  return { release, ...info, kind, inlet, nativeInInlet, flows };
}

async function assetStatus(session: Session, asset: number) {
  if ((await session.ledger.read.assetOf([asset])) !== asset) {
    throw new UserError(`There is no asset ${asset}. An asset's id is that of its first release.`);
  }
  const { registry, ledger } = session;
  const [owner, tokenUri, metadataDigest, info] = await Promise.all([
    registry.read.ownerOf([BigInt(asset)]),
    registry.read.tokenURI([BigInt(asset)]),
    registry.read.metadataDigest([asset]),
    ledger.read.releaseInfo([asset]),
  ]);
  const kind = KINDS[info.kind];
  session.say(`Asset ${asset}, a ${kind}, owned by ${owner}`);
  session.say(`Each release of it keeps at least ${percentText(info.keep)}`);
  session.say(`Metadata ${tokenUri}`);
  const incomes = [];
  for (const currency of await session.currencies()) {
    const [income, commonsSwept] = await ledger.read.incomeOf([asset, currency.address]);
    incomes.push({ currency, income, commonsSwept });
    if (income > 0n) session.say(`Settled income ${exactText(income, currency)}`);
  }
  return { asset, kind, owner, tokenUri, metadataDigest, keep: info.keep, incomes };
}

async function accountStatus(session: Session, account: Address) {
  const native = await session.client.getBalance({ address: account });
  session.say(`${account} has`);
  session.say(`  ${exactText(native, session.native)}`);
  const currencies = [];
  for (const currency of await session.currencies()) {
    const held = await inCurrency(session, account, currency);
    currencies.push(held);
    session.say(`  ${exactText(held.balance, currency)}, and ${exactText(held.credit, currency)} of credit`);
  }
  session.say(`What it is owed: npx hardhat plan --account ${account}`);
  return { account, native, currencies };
}

async function inCurrency(session: Session, account: Address, currency: Currency) {
  const [balance, credit] = await Promise.all([
    session.token(currency.address).read.balanceOf([account]),
    session.ledger.read.creditOf([account, currency.address]),
  ]);
  return { currency, balance, credit };
}
