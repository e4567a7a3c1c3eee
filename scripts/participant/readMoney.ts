import type { Address } from "viem";
import type { Chain } from "#client/chain/chain.ts";
import { exactText } from "#protocol/money.ts";
import type { Session } from "./session.ts";

/** Reads an account's native money, and its tokens and credit in each admitted currency. */
export async function readMoney(chain: Chain, account: Address) {
  const native = await chain.client.getBalance({ address: account });
  const currencies = [];
  for (const currency of await chain.currencies()) {
    const [balance, credit] = await Promise.all([
      chain.token(currency.address).read.balanceOf([account]),
      chain.ledger.read.creditOf([account, currency.address]),
    ]);
    currencies.push({ currency, balance, credit });
  }
  return { native, currencies };
}

/** Prints an account's money, one line for each currency. */
export function printMoney(session: Session, { native, currencies }: Awaited<ReturnType<typeof readMoney>>): void {
  session.print(`  ${exactText(native, session.chain.native)}`);
  for (const { currency, balance, credit } of currencies) {
    session.print(`  ${exactText(balance, currency)}, and ${exactText(credit, currency)} in credit`);
  }
}
