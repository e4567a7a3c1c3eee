import { setTimeout as sleep } from "node:timers/promises";
import {
  type Address,
  createPublicClient,
  custom,
  type EIP1193Provider,
  erc20Abi,
  getAddress,
  getContract,
  isAddressEqual,
  type PublicClient,
} from "viem";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { UserError } from "#protocol/userError.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { networkOf } from "#protocol/networks/networks.ts";
import { parseAddress } from "#protocol/address.ts";
import { inletsAbi, previewAbi, signedPaymentsAbi } from "#protocol/abis.ts";
import type { Currency, Unit } from "#protocol/money.ts";
import { printable } from "#protocol/printable.ts";
import type { Terminal } from "./terminal.ts";
import type { Mined } from "./mined.ts";

/** What every command takes. */
export interface SharedOptions {
  deployment?: string | undefined;
  as?: string | undefined;
  yes: boolean;
  json: boolean;
  dryRun: boolean;
  confirmations: number;
}

export interface SessionParameters {
  /** Reads the chain, signs and sends. */
  provider: Pick<EIP1193Provider, "request">;
  deployment: Deployment;
  options: SharedOptions;
  terminal: Terminal;
  signal: AbortSignal;
}

/** What a command works with: one deployment, one account, and somebody to talk to. */
export class Session {
  readonly chainId: number;
  readonly deployment: Deployment;
  readonly options: SharedOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly provider: SessionParameters["provider"];
  readonly client: PublicClient;
  /** What was mined so far, in order. */
  readonly mined: Mined[] = [];
  /** What native money is counted in. */
  readonly native: Unit;
  /** Who hears what is said, where that is not for the terminal as it is. */
  listener: ((line: string) => void) | undefined;
  #account: Promise<Address> | undefined;
  #currencies: Promise<Currency[]> | undefined;

  constructor({ provider, deployment, options, terminal, signal }: SessionParameters) {
    this.provider = provider;
    this.deployment = deployment;
    this.chainId = deployment.chainId;
    this.native = { symbol: networkOf(deployment.chainId)?.nativeSymbol ?? "ETH", decimals: 18, base: "wei" };
    this.options = options;
    this.terminal = terminal;
    this.signal = signal;
    this.client = createPublicClient({ transport: custom(provider, { retryCount: 0 }) });
  }

  /** A line for people: on the standard output, or beside it where that is for a program. */
  say(line: string): void {
    if (this.listener) return this.listener(line);
    const write = this.options.json ? this.terminal.stderr : this.terminal.stdout;
    write(`${line}\n`);
  }

  get registry() {
    return getContract({ address: this.deployment.registry, abi: registryAbi, client: this.client });
  }

  get ledger() {
    return getContract({ address: this.deployment.ledger, abi: ledgerAbi, client: this.client });
  }

  get inlets() {
    return getContract({ address: this.#periphery("inlets"), abi: inletsAbi, client: this.client });
  }

  get signedPayments() {
    return getContract({ address: this.#periphery("signedPayments"), abi: signedPaymentsAbi, client: this.client });
  }

  get preview() {
    return getContract({ address: this.#periphery("preview"), abi: previewAbi, client: this.client });
  }

  #periphery(name: string): Address {
    const site = this.deployment.periphery[name];
    if (!site) throw new UserError(`The deployment's file names no contract "${name}", which this needs.`);
    return site.address;
  }

  /** Where the deployment looks for Permit2. */
  get permit2(): Address {
    return this.deployment.made?.permit2 ?? PERMIT2;
  }

  token(address: Address) {
    return getContract({ address, abi: erc20Abi, client: this.client });
  }

  /**
   * The account that signs: the one that was named, or the network's first.
   *
   * @throws {UserError} if the network has no such account.
   */
  account(): Promise<Address> {
    this.#account ??= this.#readAccount();
    return this.#account;
  }

  async #readAccount(): Promise<Address> {
    const accounts = await this.client.request({ method: "eth_accounts" } as never).then((all) => all as Address[]);
    const wanted = this.options.as;
    const found = wanted === undefined ? accounts[0] : accounts.find((each) => sameText(each, wanted));
    if (found) return getAddress(found);
    throw new UserError(
      wanted === undefined
        ? "This network has no account to sign with. Put its key into the keystore: npx hardhat keystore set PRIVATE_KEY."
        : `This network cannot sign as ${wanted}. It can as ${accounts.join(", ") || "nobody"}.`,
    );
  }

  /** The admitted currencies, in the order of admission. */
  currencies(): Promise<Currency[]> {
    this.#currencies ??= this.#readCurrencies();
    return this.#currencies;
  }

  async #readCurrencies(): Promise<Currency[]> {
    const addresses = await this.ledger.read.currencies();
    return Promise.all(addresses.map((address) => this.unitOf(address)));
  }

  /** What a token says that it is counted in. */
  async unitOf(address: Address): Promise<Currency> {
    const token = this.token(address);
    const [symbol, decimals] = await Promise.all([
      token.read.symbol().catch(() => address),
      token.read.decimals().catch(() => 0),
    ]);
    return { address: getAddress(address), symbol: printable(symbol), decimals };
  }

  /**
   * A currency by its symbol or address; the only one if none is named.
   *
   * @throws {UserError} if there is no such currency, or several.
   */
  async currency(named: string | undefined): Promise<Currency> {
    const all = await this.currencies();
    const known = all.map(({ symbol, address }) => `${symbol} (${address})`).join(", ") || "none";
    if (named === undefined) {
      if (all.length === 1 && all[0]) return all[0];
      throw new UserError(`Name the currency, by symbol or address: --currency. The ledger takes ${known}.`);
    }
    const found = all.filter(({ symbol, address }) => sameText(symbol, named) || sameText(address, named));
    if (found.length === 1 && found[0]) return found[0];
    throw new UserError(
      found.length > 1
        ? `Several currencies are called ${named}: name the address. The ledger takes ${known}.`
        : `The ledger does not take ${named}. It takes ${known}.`,
    );
  }

  /** The named currency alone, or all of them if none is named. */
  async currenciesOr(named: string | undefined): Promise<Currency[]> {
    return named === undefined ? this.currencies() : [await this.currency(named)];
  }

  /** The currency that native money is wrapped in, if it is admitted. */
  async wrapped(): Promise<Currency | undefined> {
    const [wrapped, all] = await Promise.all([this.ledger.read.wrappedNative(), this.currencies()]);
    return all.find(({ address }) => isAddressEqual(address, wrapped));
  }

  /** An address that was typed. */
  address(text: string, what: string): Address {
    return parseAddress(text, what);
  }

  /** @throws {UserError} if there is none. */
  async requireRelease(release: number): Promise<void> {
    if ((await this.ledger.read.assetOf([release])) !== 0) return;
    throw new UserError(`There is no release ${release}. There are ${await this.ledger.read.releaseCount()}.`);
  }

  /** Waits, unless it is told to stop. */
  async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.signal }).catch(() => undefined);
  }
}

const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
