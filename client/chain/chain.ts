import { type Address, erc20Abi, getAddress, getContract, isAddressEqual, type PublicClient } from "viem";
import { inletsAbi, ledgerAbi, previewAbi, registryAbi, signedPaymentsAbi } from "#protocol/abis.ts";
import type { Currency, Unit } from "#protocol/money.ts";
import { printable } from "#protocol/printable.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { UserError } from "#protocol/userError.ts";
import { nativeUnit } from "./nativeUnit.ts";

/** Addresses of one deployment, as its file has them. */
export interface ChainAddresses {
  chainId: number;
  registry: Address;
  ledger: Address;
  /** Contracts around the ledger, by name. */
  periphery: Readonly<Record<string, { address: Address } | undefined>>;
  made?: { permit2: Address } | undefined;
}

export interface ChainParameters {
  client: PublicClient;
  deployment: ChainAddresses;
  /** The admitted currencies, where they are known. Default: read when they are first needed. */
  currencies?: readonly Currency[];
}

/**
 * One deployment on one chain, as every act reads it.
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
  #currencies: Promise<readonly Currency[]> | undefined;

  constructor({ client, deployment, currencies }: ChainParameters) {
    this.client = client;
    this.deployment = deployment;
    this.chainId = deployment.chainId;
    this.native = nativeUnit(deployment.chainId);
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

  get signedPayments() {
    return getContract({ address: this.#periphery("signedPayments"), abi: signedPaymentsAbi, client: this.client });
  }

  get preview() {
    return getContract({ address: this.#periphery("preview"), abi: previewAbi, client: this.client });
  }

  #periphery(name: string): Address {
    const site = this.deployment.periphery[name];
    if (site) return site.address;
    throw new UserError(`This deployment has no contract "${name}", which this needs.`);
  }

  /** The Permit2 that the deployment looks for. */
  get permit2(): Address {
    return this.deployment.made?.permit2 ?? PERMIT2;
  }

  token(address: Address) {
    return getContract({ address, abi: erc20Abi, client: this.client });
  }

  /** Returns the admitted currencies, in the order of admission. */
  currencies(): Promise<readonly Currency[]> {
    this.#currencies ??= this.#readCurrencies();
    return this.#currencies;
  }

  async #readCurrencies(): Promise<Currency[]> {
    const addresses = await this.ledger.read.currencies();
    return Promise.all(addresses.map((address) => this.unitOf(address)));
  }

  /**
   * Returns the admitted currency with this address.
   *
   * @throws {UserError} if there is none.
   */
  async currency(address: Address): Promise<Currency> {
    const admitted = (await this.currencies()).find((each) => isAddressEqual(each.address, address));
    if (admitted) return admitted;
    throw new UserError(`The ledger does not take ${address}.`);
  }

  /** Returns what a token says that it is counted in. */
  async unitOf(address: Address): Promise<Currency> {
    const token = this.token(address);
    const [symbol, decimals] = await Promise.all([
      token.read.symbol().catch(() => address),
      token.read.decimals().catch(() => 0),
    ]);
    return { address: getAddress(address), symbol: printable(symbol), decimals };
  }

  /** Returns the currency that native money is wrapped in, if it is admitted. */
  async wrapped(): Promise<Currency | undefined> {
    const [wrapped, all] = await Promise.all([this.ledger.read.wrappedNative(), this.currencies()]);
    return all.find(({ address }) => isAddressEqual(address, wrapped));
  }

  /** @throws {UserError} if the currency that native money is wrapped in is not admitted. */
  async requireWrapped(): Promise<Currency> {
    const wrapped = await this.wrapped();
    if (wrapped) return wrapped;
    throw new UserError("The ledger does not take native money here: its wrapped token is not admitted.");
  }
}
