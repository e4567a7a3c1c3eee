import { isAddress, isAddressEqual } from "viem";
import { pass as planPass } from "#client/acts/collecting/pass.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { splitList } from "#client/parsing/splitList.ts";
import { outletOf } from "#client/recipients/outlets.ts";
import { parseAddress } from "#protocol/address.ts";
import { connectApi, readAnswer } from "../api.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { NATIVE } from "../native.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

type PassOptions = OptionsOf<"pass">;

/** Passes on what an account's outlet has earned and holds, to that account. */
export const pass: Command<PassOptions> = async (session, options) => {
  const account = parseAddress(options.account, "The account");
  const only = await readOnly(session, options.currency);
  const outlet = await outletOf(session.chain, account);
  const assets = outlet && only !== NATIVE ? await heldAssets(session, options, outlet) : [];
  const plan = await planPass(session.chain, await session.account(), { account, assets, only });
  const mined = await transact(session, plan);
  if (mined.length > 0) session.print(`The outlet ${plan.outlet} passed that on to ${account}.`);
  return { account, outlet: plan.outlet, transactions: mined.length };
};

/** Finds a currency, or any other token by its address. */
async function readOnly(session: Session, named: string | undefined) {
  if (named === undefined || named === NATIVE) return named;
  const admitted = await session.chain.currencies();
  const isCurrency = (token: `0x${string}`) => admitted.some(({ address }) => isAddressEqual(address, token));
  if (!isAddress(named, { strict: false }) || isCurrency(named)) return session.currency(named);
  return session.chain.unitOf(parseAddress(named, "--currency"));
}

/** Returns the assets that are named, or else those that the outlet holds or held shares of, by the indexer. */
async function heldAssets(session: Session, { api, assets }: PassOptions, outlet: string): Promise<number[]> {
  if (assets !== undefined) return splitList(assets).map(parseRelease);
  const client = await connectApi(session, { api });
  const held = new Set<number>();
  for (let after: string | undefined; ;) {
    const params = { path: { address: outlet.toLowerCase() }, query: { limit: 500, after } };
    const { data, next } = await readAnswer(session, { api }, () =>
      client.GET("/v1/accounts/{address}/statement/lines", { params }),
    );
    for (const { asset } of data) held.add(asset);
    if (next === null) return [...held];
    after = next;
  }
}
