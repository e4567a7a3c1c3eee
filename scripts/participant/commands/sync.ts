import { encodeFunctionData } from "viem";
import { UserError } from "#protocol/userError.ts";
import { inletsAbi } from "#protocol/abis.ts";
import { ledgerEvents } from "../events.ts";
import { type Currency, exactText, type Unit } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import { NATIVE } from "./pay.ts";
import type { Session } from "../session.ts";
import { type Step, transact } from "../transact.ts";

export interface SyncOptions {
  release: number;
  currency: string | undefined;
  recover: string | undefined;
}

/** Makes what lies in a release's inlet its fees, or hands on what never can become one. */
export const sync: Command<SyncOptions> = async (session, options) => {
  const { release } = options;
  await session.requireRelease(release);
  const inlet = await session.inlets.read.inletOf([release]);
  if (options.recover !== undefined) return recover(session, release, options.recover);

  const wrapped = await session.wrapped();
  const native = options.currency === NATIVE;
  if (native && !wrapped)
    throw new UserError("The ledger does not take native money here. Recover it: --recover native.");
  const currencies = native ? [] : await session.currenciesOr(options.currency);
  const steps: Step[] = [];
  // Synced with native money, so as not to be synced twice.
  const nativeLies =
    (native || options.currency === undefined) && wrapped ? await session.client.getBalance({ address: inlet }) : 0n;
  if (wrapped && nativeLies > 0n) steps.push(syncStep(session, release, nativeLies, session.native, wrapped));
  for (const currency of currencies) {
    if (nativeLies > 0n && currency.address === wrapped?.address) continue;
    const lies = await session.token(currency.address).read.balanceOf([inlet]);
    if (lies > 0n) steps.push(syncStep(session, release, lies, currency));
  }
  if (steps.length === 0) {
    session.say(`Nothing lies in ${inlet}, the inlet of release ${release}.`);
    return { release, inlet, received: [] };
  }
  const mined = await transact(session, steps);
  const received = mined.flatMap((each) =>
    ledgerEvents(each, session.deployment.ledger, "FeePaid").map(({ args }) => ({
      currency: args.currency,
      amount: args.amount,
    })),
  );
  for (const { currency: address, amount } of received) {
    session.say(`Release ${release} received ${exactText(amount, await session.currency(address))}.`);
  }
  return { release, inlet, received };
};

function syncStep(session: Session, release: number, lies: bigint, unit: Unit, wrapped?: Currency): Step {
  const currency = "address" in unit ? (unit as Currency) : undefined;
  return {
    does: `Make ${exactText(lies, unit)} in the inlet of release ${release} its fee${wrapped ? `, as ${wrapped.symbol}` : ""}.`,
    to: session.inlets.address,
    data: currency
      ? encodeFunctionData({ abi: inletsAbi, functionName: "sync", args: [release, currency.address] })
      : encodeFunctionData({ abi: inletsAbi, functionName: "syncNative", args: [release] }),
  };
}

async function recover(session: Session, release: number, what: string) {
  const inlet = await session.inlets.read.inletOf([release]);
  const asset = await session.ledger.read.assetOf([release]);
  const owner = await session.registry.read.ownerOf([BigInt(asset)]);
  const token = what === NATIVE ? undefined : session.address(what, "--recover");
  const unit = token === undefined ? session.native : await session.unitOf(token);
  const lies =
    token === undefined
      ? await session.client.getBalance({ address: inlet })
      : await session.token(token).read.balanceOf([inlet]);
  if (lies === 0n) throw new UserError(`Nothing of it lies in ${inlet}, the inlet of release ${release}.`);
  await transact(session, [
    {
      does: `Send ${exactText(lies, unit)} from the inlet of release ${release} to ${owner}, who owns asset ${asset}.`,
      to: session.inlets.address,
      data:
        token === undefined
          ? encodeFunctionData({ abi: inletsAbi, functionName: "recoverNative", args: [release] })
          : encodeFunctionData({ abi: inletsAbi, functionName: "recover", args: [release, token] }),
    },
  ]);
  session.say(`${owner} received ${exactText(lies, unit)}.`);
  return { release, inlet, token: token ?? NATIVE, amount: lies, to: owner };
}
