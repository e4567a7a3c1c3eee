import { type Address, erc20Abi, getAddress, getContract, isAddressEqual, type PublicClient } from "viem";
import { inletsAbi, ledgerAbi, outletsAbi, previewAbi, registryAbi, signedPaymentsAbi } from "#protocol/abis.ts";
import type { Currency, Unit } from "#protocol/money.ts";
import { printable } from "#protocol/texts/printable.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { UserError } from "#protocol/userError.ts";
import { Names } from "../names/nameTexts.ts";
import { ifAnswered } from "../errors/ifAnswered.ts";
import type { FeeChoice } from "../transactions/feeOptions.ts";
import { Prices } from "../transactions/prices.ts";
import { nativeUnit } from "./nativeUnit.ts";

/** Addresses of one deployment, in the form of its file. */
export interface ChainAddresses {
  chainId: number;
  registry: Address;
  ledger: Address;
  /** Contracts around the ledger, by name. */
  periphery: Readonly<Record<string, { address: Address; fromBlock?: number } | undefined>>;
  made?: { permit2: Address } | undefined;
}

export interface ChainParameters {
  client: PublicClient;
  deployment: ChainAddresses;
  /** The admitted currencies, if the caller has them. Default: read from the ledger at the first use. */
  currencies?: readonly Currency[];
  /** Prices of gas that the person chose. Default: what the node suggests, within the network's rules. */
  fees?: FeeChoice;
}

/**
 * One deployment on one chain: the context that every act reads from.
 *
 * @example
 * ```ts
 * const client = createPublicClient({ transport: http("http://127.0.0.1:8545") });
 * const chain = new Chain({ client, deployment: parseDeployment(content, "deployments/31337.json") });
 * const count = await chain.ledger.read.releaseCount();
 * ```
 */
export class Chain {
  readonly client: PublicClient;
  readonly deployment: ChainAddresses;
  readonly chainId: number;
  readonly native: Unit;
  /** Prices of gas on this chain. */
  readonly prices: Prices;
  /** Names for texts about releases and assets, as far as `readNames` has read them. */
  readonly names = new Names();
  #currencies: Promise<readonly Currency[]> | undefined;

  constructor({ client, deployment, currencies, fees }: ChainParameters) {
    this.client = client;
    this.deployment = deployment;
    this.chainId = deployment.chainId;
    this.native = nativeUnit(deployment.chainId);
    this.prices = new Prices(deployment.chainId, fees);
    this.#currencies = currencies && Promise.resolve(currencies);
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

  get outlets() {
    return getContract({ address: this.#periphery("outlets"), abi: outletsAbi, client: this.client });
  }

  get signedPayments() {
    return getContract({ address: this.#periphery("signedPayments"), abi: signedPaymentsAbi, client: this.client });
  }

  get preview() {
    return getContract({ address: this.#periphery("preview"), abi: previewAbi, client: this.client });
  }

  #periphery(name: string): Address {
    const site = this.deployment.periphery[name];
    if (site) return site.address;
    throw new UserError(
      `This needs the contract "${name}", which this deployment does not have. Name a deployment that has it.`,
    );
  }

  /** The address of Permit2 that the deployment uses. */
  get permit2(): Address {
    return this.deployment.made?.permit2 ?? PERMIT2;
  }

  token(address: Address) {
    return getContract({ address, abi: erc20Abi, client: this.client });
  }

  /** Returns the admitted currencies, in the order of admission. */
  currencies(): Promise<readonly Currency[]> {
    this.#currencies ??= this.#readCurrencies().catch((error: unknown) => {
      this.#currencies = undefined; // the next use reads them again
      throw error;
    });
    return this.#currencies;
  }

  async #readCurrencies(): Promise<Currency[]> {
    const addresses = await this.ledger.read.currencies();
    return Promise.all(addresses.map((address) => this.unitOf(address)));
  }

  /**
   * Returns the admitted currency with this address.
   *
   * @throws {UserError} if no admitted currency has it.
   */
  async currency(address: Address): Promise<Currency> {
    const admitted = (await this.currencies()).find((each) => isAddressEqual(each.address, address));
    if (admitted) return admitted;
    throw new UserError(`The ledger does not accept ${address}: it is not an admitted currency. Use an admitted one.`);
  }

  /** Reads the symbol and the decimals of a token. */
  async unitOf(address: Address): Promise<Currency> {
    const token = this.token(address);
    const [symbol, decimals] = await Promise.all([ifAnswered(token.read.symbol()), ifAnswered(token.read.decimals())]);
    return { address: getAddress(address), symbol: printable(symbol ?? address), decimals: decimals ?? 0 };
  }

  /** Returns the token that wraps native money, if it is admitted. */
  async wrappedNative(): Promise<Currency | undefined> {
    const [wrapped, all] = await Promise.all([this.ledger.read.wrappedNative(), this.currencies()]);
    return all.find(({ address }) => isAddressEqual(address, wrapped));
  }

  /** @throws {UserError} if the token that wraps native money is not admitted. */
  async requireWrappedNative(): Promise<Currency> {
    const wrapped = await this.wrappedNative();
    if (wrapped) return wrapped;
    throw new UserError(
      "This ledger does not accept native money, because the token that wraps it is not admitted. Use an admitted currency.",
    );
  }
}
