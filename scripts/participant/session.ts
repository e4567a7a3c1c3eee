import { setTimeout as sleep } from "node:timers/promises";
import { type Address, createPublicClient, custom, type EIP1193Provider, getAddress } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { isContract } from "#client/signing/accountKind.ts";
import { parseFeeOptions } from "#client/transactions/feeOptions.ts";
import { parseAddress } from "#protocol/address.ts";
import type { Deployment } from "#protocol/deployment.ts";
import type { Currency } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { SharedOptions } from "./commandLine.ts";
import type { MinedTransaction } from "./minedTransaction.ts";
import type { Terminal } from "./terminal.ts";

export interface SessionParameters {
  /** The EIP-1193 provider that reads the chain, signs and sends. */
  provider: Pick<EIP1193Provider, "request">;
  deployment: Deployment;
  options: SharedOptions;
  terminal: Terminal;
  signal: AbortSignal;
}

/** One run of a command: a deployment, an account and a terminal. */
export class Session {
  readonly chain: Chain;
  readonly deployment: Deployment;
  readonly options: SharedOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly provider: SessionParameters["provider"];
  /** The transactions that are mined so far, in order. */
  readonly mined: MinedTransaction[] = [];
  /** Receives each printed line instead of the terminal, if set. */
  listener: ((line: string) => void) | undefined;
  #account: Promise<Address> | undefined;

  constructor({ provider, deployment, options, terminal, signal }: SessionParameters) {
    this.provider = provider;
    this.deployment = deployment;
    this.options = options;
    this.terminal = terminal;
    this.signal = signal;
    const client = createPublicClient({ transport: custom(provider, { retryCount: 0 }) });
    this.chain = new Chain({ client, deployment, fees: parseFeeOptions(options) });
  }

  /** Prints a line for people: to standard output, or with `--json` to standard error. */
  print(line: string): void {
    if (this.listener) return this.listener(line);
    const write = this.options.json ? this.terminal.stderr : this.terminal.stdout;
    write(`${line}\n`);
  }

  /**
   * Returns the account that acts: the one that `--as` names. Default: the network's first account. If nothing is signed,
   * or if it is a contract wallet, it may be one that the network cannot sign for.
   *
   * @throws {UserError} if the network has no such account.
   */
  account(): Promise<Address> {
    this.#account ??= this.#readAccount();
    return this.#account;
  }

  async #readAccount(): Promise<Address> {
    const { as: wanted, dryRun, propose } = this.options;
    if (wanted !== undefined && (dryRun || propose !== undefined)) return parseAddress(wanted, "--as");
    const accounts = await this.#accounts();
    const account = wanted === undefined ? accounts[0] : accounts.find((each) => isSameText(each, wanted));
    if (account) return getAddress(account);
    if (wanted === undefined)
      throw new UserError(
        "This network has no account to sign with. Store its key: npx hardhat keystore set PRIVATE_KEY.",
      );
    const named = parseAddress(wanted, "--as");
    if (await isContract(this.chain.client, named)) return named;
    throw new UserError(
      `This network cannot sign as ${wanted}. Its accounts: ${accounts.join(", ") || "none"}. Choose one of them with --as, or add the key of another. To only write the transactions to a file, for whoever can sign them, add --propose FILE.`,
    );
  }

  async #accounts(): Promise<readonly Address[]> {
    return this.chain.client.request({ method: "eth_accounts" } as never).then((all) => all as Address[]);
  }

  /** Returns true if the account is a contract wallet: it signs and sends nothing by itself, and its gas is paid by others. */
  async isContractWallet(): Promise<boolean> {
    return isContract(this.chain.client, await this.account());
  }

  /** @throws {UserError} if the account is a contract wallet, for which this network cannot send. */
  async requireSender(): Promise<void> {
    if (!(await this.isContractWallet())) return;
    throw new UserError(
      `${await this.account()} is a contract, so this network has no key that sends for it. Write its transactions to a file with --propose FILE, and execute them with the wallet's own app.`,
    );
  }

  /**
   * Finds an admitted currency by its symbol or address. Default: the only one.
   *
   * @throws {UserError} if no currency matches, or several do.
   */
  async currency(named: string | undefined): Promise<Currency> {
    const all = await this.chain.currencies();
    const admitted = all.map(({ symbol, address }) => `${symbol} (${address})`).join(", ") || "none";
    if (named === undefined) {
      if (all.length === 1 && all[0]) return all[0];
      throw new UserError(`Name the currency with --currency, by symbol or address. The ledger accepts ${admitted}.`);
    }
    const [currency, ...others] = all.filter(
      ({ symbol, address }) => isSameText(symbol, named) || isSameText(address, named),
    );
    if (currency && others.length === 0) return currency;
    throw new UserError(
      currency
        ? `Several currencies have the symbol ${named}. Give the address instead. The ledger accepts ${admitted}.`
        : `The ledger does not accept ${named}. It accepts ${admitted}.`,
    );
  }

  /** Returns the named currency alone. Default: all admitted currencies. */
  async currenciesOr(named: string | undefined): Promise<readonly Currency[]> {
    return named === undefined ? this.chain.currencies() : [await this.currency(named)];
  }

  /** Waits for a time; an abort of the signal ends it early. */
  async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.signal }).catch(() => undefined);
  }
}

const isSameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
