import { setTimeout as sleep } from "node:timers/promises";
import { type Address, createPublicClient, custom, type EIP1193Provider, getAddress } from "viem";
import { Chain } from "#client/chain/chain.ts";
import type { Deployment } from "#protocol/deployment.ts";
import type { Currency } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { SharedOptions } from "./commandLine.ts";
import type { Mined } from "./mined.ts";
import type { Terminal } from "./terminal.ts";

export interface SessionParameters {
  /** Reads the chain, signs and sends. */
  provider: Pick<EIP1193Provider, "request">;
  deployment: Deployment;
  options: SharedOptions;
  terminal: Terminal;
  signal: AbortSignal;
}

/** One run of a command: a deployment, an account, and somebody to talk to. */
export class Session {
  readonly chain: Chain;
  readonly deployment: Deployment;
  readonly options: SharedOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly provider: SessionParameters["provider"];
  /** The transactions that were mined so far, in order. */
  readonly mined: Mined[] = [];
  /** Hears what is said, where that is not for the terminal as it is. */
  listener: ((line: string) => void) | undefined;
  #account: Promise<Address> | undefined;

  constructor({ provider, deployment, options, terminal, signal }: SessionParameters) {
    this.provider = provider;
    this.deployment = deployment;
    this.options = options;
    this.terminal = terminal;
    this.signal = signal;
    const client = createPublicClient({ transport: custom(provider, { retryCount: 0 }) });
    this.chain = new Chain({ client, deployment });
  }

  /** Writes a line for people: on the standard output, or beside it where that is for a program. */
  say(line: string): void {
    if (this.listener) return this.listener(line);
    const write = this.options.json ? this.terminal.stderr : this.terminal.stdout;
    write(`${line}\n`);
  }

  /**
   * Returns the account that signs: the one that was named, or the network's first.
   *
   * @throws {UserError} if the network has no such account.
   */
  account(): Promise<Address> {
    this.#account ??= this.#readAccount();
    return this.#account;
  }

  async #readAccount(): Promise<Address> {
    const { client } = this.chain;
    const accounts = await client.request({ method: "eth_accounts" } as never).then((all) => all as Address[]);
    const { as: wanted } = this.options;
    const account = wanted === undefined ? accounts[0] : accounts.find((each) => isSameText(each, wanted));
    if (account) return getAddress(account);
    throw new UserError(
      wanted === undefined
        ? "This network has no account to sign with. Put its key into the keystore: npx hardhat keystore set PRIVATE_KEY."
        : `This network cannot sign as ${wanted}. It can as ${accounts.join(", ") || "nobody"}.`,
    );
  }

  /**
   * Finds a currency by its symbol or address; the only one if none is named.
   *
   * @throws {UserError} if there is no such currency, or several.
   */
  async currency(named: string | undefined): Promise<Currency> {
    const all = await this.chain.currencies();
    const taken = all.map(({ symbol, address }) => `${symbol} (${address})`).join(", ") || "none";
    if (named === undefined) {
      if (all.length === 1 && all[0]) return all[0];
      throw new UserError(`Name the currency, by symbol or address: --currency. The ledger takes ${taken}.`);
    }
    const [currency, ...others] = all.filter(
      ({ symbol, address }) => isSameText(symbol, named) || isSameText(address, named),
    );
    if (currency && others.length === 0) return currency;
    throw new UserError(
      currency
        ? `Several currencies are called ${named}: name the address. The ledger takes ${taken}.`
        : `The ledger does not take ${named}. It takes ${taken}.`,
    );
  }

  /** Returns the named currency alone, or all of them if none is named. */
  async currenciesOr(named: string | undefined): Promise<readonly Currency[]> {
    return named === undefined ? this.chain.currencies() : [await this.currency(named)];
  }

  /** Waits, until the signal aborts. */
  async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.signal }).catch(() => undefined);
  }
}

const isSameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
