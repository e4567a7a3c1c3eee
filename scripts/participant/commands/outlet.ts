import type { Address } from "viem";
import { assessRecipient } from "#client/recipients/assessRecipient.ts";
import { parseAddress } from "#protocol/address.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { type ApiOptions, connectApi, readAnswer } from "../api.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { nameIds } from "../names/nameSource.ts";
import { printMoney, readMoney } from "../readMoney.ts";
import type { Session } from "../session.ts";

/** Shows the outlet of an account, whether it is open, and what it holds. */
export const outlet: Command<OptionsOf<"outlet">> = async (session, options) => {
  const { chain } = session;
  const account = parseAddress(options.account, "The account");
  const { outlets } = chain;
  const { found, verdict, message } = await assessRecipient(
    { client: chain.client, chain },
    { address: account, purpose: "shares" },
  );
  if (found.kind === "outlet")
    throw new UserError(`${account} is an outlet itself, of ${found.of}. Name that account.`);
  if (verdict === "refuse") throw new UserError(message);
  const address = await outlets.read.outletOf([account]);
  const isOpen = (await chain.client.getCode({ address })) !== undefined;
  session.print(`The outlet of ${account} is ${address}.`);
  session.print(
    isOpen
      ? "It is open: it is deployed at that address."
      : "It is not open yet: nothing is deployed at that address. It can hold shares already; whoever passes on first opens it.",
  );
  session.print(
    "An outlet holds shares for one account. Anyone can pass on what it earns and gets, to that account and nowhere else. Only the account itself can take the shares out.",
  );
  if (found.kind !== "contract") {
    session.print(`${account} can act for itself, so it can hold shares itself. It needs no outlet.`);
  }
  session.print("The outlet has");
  const money = await readMoney(chain, address);
  printMoney(session, money);
  const holdings = await readHoldings(session, options, address);
  await nameIds(session, { assets: holdings?.map(({ asset }) => asset) ?? [] });
  for (const { asset, shares } of holdings ?? []) {
    session.print(`  ${shares} of ${TOTAL_SHARES} shares of ${chain.names.asset(asset)}`);
  }
  session.print(`To pass it on to the account, which anyone may: npx hardhat pass ${account}`);
  return { account, outlet: address, isOpen, ...money, holdings };
};

/** Number of holdings that are read: the API's largest page. */
const MOST = 500;

/** Reads the assets that an account holds shares of; undefined, with the reason printed, without an indexer. */
async function readHoldings(session: Session, options: ApiOptions, address: Address) {
  try {
    const api = await connectApi(session, options);
    const params = { path: { address: address.toLowerCase() }, query: { limit: MOST } };
    const { data, next } = await readAnswer(session, options, () =>
      api.GET("/v1/accounts/{address}/holdings", { params }),
    );
    if (next) session.print(`  Shares of more than ${MOST} assets. The first ${MOST}:`);
    return data.map(({ asset, shares }) => ({ asset, shares }));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    session.print(`Its shares are not shown: ${error.message}`);
    return undefined;
  }
}
