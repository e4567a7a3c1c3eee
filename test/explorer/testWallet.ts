import type { BrowserContext, Page } from "playwright-core";
import { createWalletClient, type Hash, type Hex, http, isAddressEqual, numberToHex } from "viem";
import { type HDAccount, type LocalAccount, mnemonicToAccount } from "viem/accounts";

/** The mnemonic of the accounts that a local node funds. */
const MNEMONIC = "test test test test test test test test test test test junk";
export const accountAt = (addressIndex: number): HDAccount => mnemonicToAccount(MNEMONIC, { addressIndex });

interface Request {
  method: string;
  params?: unknown[];
}

interface Sending {
  to: Hex;
  data?: Hex;
  value?: Hex;
  gas?: Hex;
  maxFeePerGas?: Hex;
  maxPriorityFeePerGas?: Hex;
}

const REJECTED = { code: 4001, message: "User rejected the request." };
const UNAUTHORIZED = {
  code: 4100,
  message: "The requested method and/or account has not been authorized by the user.",
};
const UNKNOWN_CHAIN = { code: 4902, message: "Unrecognized chain ID." };

/** The wallet's reaction to a request for consent. */
type Manner = "agree" | "reject" | "hold";

/**
 * A wallet that announces itself (EIP-6963) and signs with its own key. Set `manner` to choose its reaction to requests. A
 * request that it holds waits for `release`.
 */
export class TestWallet {
  account: LocalAccount;
  chainId: number;
  isLocked = false;
  manner: Manner = "agree";
  /** The chains that it has. */
  readonly chainIds = new Set<number>();
  /** The requests to sign or to change something. */
  readonly requests: Request[] = [];
  readonly sent: Hash[] = [];
  readonly #node: string;
  readonly #reads: string;
  readonly #nodeChainId: number;
  #pages: Page[] = [];
  #hasAgreed = false;
  #release: (() => void) | undefined;

  /** @param reads The endpoint that it reads through, for the page. Default: the node that it sends to. */
  constructor(node: { url: string; chainId: number }, account: LocalAccount, reads = node.url) {
    this.#node = node.url;
    this.#reads = reads;
    this.#nodeChainId = node.chainId;
    this.chainId = node.chainId;
    this.chainIds.add(node.chainId);
    this.account = account;
  }

  /** Installs the wallet in all pages of a context. */
  async installIn(context: BrowserContext): Promise<void> {
    context.on("page", (page) => this.#pages.push(page));
    await context.exposeFunction("testWalletRequest", (request: Request) =>
      this.#answer(request).then(
        (result) => ({ result }),
        (error: { code?: number; message: string; data?: unknown }) => ({
          error: { code: error.code ?? -32_603, message: error.message, data: error.data },
        }),
      ),
    );
    await context.addInitScript(announce);
  }

  /** Lets the held request continue with the current `manner`. */
  release(): void {
    this.#release?.();
    this.#release = undefined;
  }

  get isHolding(): boolean {
    return this.#release !== undefined;
  }

  async switchAccount(account: LocalAccount): Promise<void> {
    this.account = account;
    await this.#emit("accountsChanged", [account.address]);
  }

  async switchChain(chainId: number): Promise<void> {
    this.chainId = chainId;
    await this.#emit("chainChanged", numberToHex(chainId));
  }

  async lock(): Promise<void> {
    this.isLocked = true;
    await this.#emit("accountsChanged", []);
  }

  async #emit(event: string, value: unknown): Promise<void> {
    this.#pages = this.#pages.filter((page) => !page.isClosed());
    for (const page of this.#pages) {
      await page.evaluate(
        (args) =>
          (window as unknown as { testWalletEmit: (event: string, value: unknown) => void }).testWalletEmit(...args),
        [event, value] as [string, unknown],
      );
    }
  }

  async #consent(request: Request): Promise<void> {
    this.requests.push(request);
    if (this.manner === "hold") await new Promise<void>((resolve) => (this.#release = resolve));
    if (this.manner === "reject") throw REJECTED;
  }

  async #answer(request: Request): Promise<unknown> {
    const { method, params = [] } = request;
    switch (method) {
      case "eth_chainId":
        return numberToHex(this.chainId);
      case "eth_accounts":
        return this.#hasAgreed && !this.isLocked ? [this.account.address.toLowerCase()] : [];
      case "wallet_requestPermissions":
        throw { code: -32_601, message: "It has no such method." };
      case "eth_requestAccounts":
        await this.#consent(request);
        this.isLocked = false;
        this.#hasAgreed = true;
        return [this.account.address.toLowerCase()];
      case "wallet_switchEthereumChain": {
        const [{ chainId }] = params as [{ chainId: Hex }];
        if (!this.chainIds.has(Number(chainId))) throw UNKNOWN_CHAIN;
        await this.#consent(request);
        await this.switchChain(Number(chainId));
        return null;
      }
      case "wallet_addEthereumChain": {
        const [{ chainId }] = params as [{ chainId: Hex }];
        await this.#consent(request);
        this.chainIds.add(Number(chainId));
        await this.switchChain(Number(chainId));
        return null;
      }
      case "eth_sendTransaction": {
        const [call] = params as [Sending & { from: Hex }];
        this.#require(call.from);
        await this.#consent(request);
        const hash = await this.#client().sendTransaction({
          to: call.to,
          data: call.data ?? "0x",
          value: BigInt(call.value ?? 0),
          gas: BigInt(call.gas ?? 0),
          ...(call.maxFeePerGas && { maxFeePerGas: BigInt(call.maxFeePerGas) }),
          ...(call.maxPriorityFeePerGas && { maxPriorityFeePerGas: BigInt(call.maxPriorityFeePerGas) }),
          chain: null,
        });
        this.sent.push(hash);
        return hash;
      }
      case "eth_signTypedData_v4": {
        const [from, text] = params as [Hex, string];
        this.#require(from);
        await this.#consent(request);
        return this.account.signTypedData(JSON.parse(text));
      }
      default:
        return this.#forward(request);
    }
  }

  #require(from: Hex): void {
    if (this.isLocked || !this.#hasAgreed || !isAddressEqual(from, this.account.address)) throw UNAUTHORIZED;
  }

  #client() {
    return createWalletClient({ account: this.account, transport: http(this.#node) });
  }

  async #forward({ method, params = [] }: Request): Promise<unknown> {
    if (this.chainId !== this.#nodeChainId) throw { code: -32_603, message: "This network has no node here." };
    const response = await fetch(this.#reads, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result: unknown; error?: { code: number; message: string } };
    if (error) throw error;
    return result;
  }
}

/** Announces the wallet. It runs in the page, before the page's own code. */
function announce(): void {
  interface Answer {
    result?: unknown;
    error?: { code: number; message: string; data?: unknown };
  }
  const own = window as unknown as {
    testWalletRequest: (request: unknown) => Promise<Answer>;
    testWalletEmit: (event: string, value: unknown) => void;
  };
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  const provider = {
    request: async (request: unknown) => {
      const { result, error } = await own.testWalletRequest(request);
      if (error) throw Object.assign(new Error(error.message), error);
      return result;
    },
    on: (event: string, listener: (value: unknown) => void) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    removeListener: (event: string, listener: (value: unknown) => void) => {
      listeners.get(event)?.delete(listener);
    },
  };
  own.testWalletEmit = (event, value) => {
    for (const listener of listeners.get(event) ?? []) listener(value);
  };
  const info = {
    uuid: "350670db-19fa-4704-a166-e52e178b59d2",
    name: "Test wallet",
    icon: "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA4IDgiPjxjaXJjbGUgY3g9IjQiIGN5PSI0IiByPSI0IiBmaWxsPSIjMTc2MDZhIi8+PC9zdmc+",
    rdns: "example.test.wallet",
  };
  const announceProvider = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
  window.addEventListener("eip6963:requestProvider", announceProvider);
  announceProvider();
}
