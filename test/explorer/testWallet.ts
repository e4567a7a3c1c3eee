import type { BrowserContext, Page } from "playwright-core";
import { createWalletClient, type Hash, type Hex, http, isAddressEqual, numberToHex } from "viem";
import { type HDAccount, mnemonicToAccount } from "viem/accounts";

/** Of the accounts that a local node gives money to. */
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
}

const REJECTED = { code: 4001, message: "User rejected the request." };
const UNAUTHORIZED = {
  code: 4100,
  message: "The requested method and/or account has not been authorized by the user.",
};
const UNKNOWN_CHAIN = { code: 4902, message: "Unrecognized chain ID." };

/** A wallet's answer to being asked. */
type Manner = "agree" | "reject" | "hold";

/**
 * A wallet that announces itself by EIP-6963 and signs with a key of its own. What it does when it is asked can be told
 * beforehand; a request that is held waits for `release`.
 */
export class TestWallet {
  account: HDAccount;
  chainId: number;
  locked = false;
  manner: Manner = "agree";
  /** Chains that it knows. */
  readonly known = new Set<number>();
  /** What it was asked to sign or to change. */
  readonly asked: Request[] = [];
  readonly sent: Hash[] = [];
  readonly #node: string;
  readonly #nodeChainId: number;
  #pages: Page[] = [];
  #agreed = false;
  #release: (() => void) | undefined;

  constructor(node: { url: string; chainId: number }, account: HDAccount) {
    this.#node = node.url;
    this.#nodeChainId = node.chainId;
    this.chainId = node.chainId;
    this.known.add(node.chainId);
    this.account = account;
  }

  /** Puts it into all pages of a context. */
  async installIn(context: BrowserContext): Promise<void> {
    context.on("page", (page) => this.#pages.push(page));
    await context.exposeFunction("testWalletAsked", (request: Request) =>
      this.#answer(request).then(
        (result) => ({ result }),
        (error: { code?: number; message: string; data?: unknown }) => ({
          error: { code: error.code ?? -32_603, message: error.message, data: error.data },
        }),
      ),
    );
    await context.addInitScript(announce);
  }

  /** Lets a request that is held go on, as the wallet now does. */
  release(): void {
    this.#release?.();
    this.#release = undefined;
  }

  get isHolding(): boolean {
    return this.#release !== undefined;
  }

  async switchAccount(account: HDAccount): Promise<void> {
    this.account = account;
    await this.#tell("accountsChanged", [account.address]);
  }

  async switchChain(chainId: number): Promise<void> {
    this.chainId = chainId;
    await this.#tell("chainChanged", numberToHex(chainId));
  }

  async lock(): Promise<void> {
    this.locked = true;
    await this.#tell("accountsChanged", []);
  }

  async #tell(event: string, value: unknown): Promise<void> {
    this.#pages = this.#pages.filter((page) => !page.isClosed());
    for (const page of this.#pages) {
      await page.evaluate(
        (told) =>
          (window as unknown as { testWalletTell: (event: string, value: unknown) => void }).testWalletTell(...told),
        [event, value] as [string, unknown],
      );
    }
  }

  async #consent(request: Request): Promise<void> {
    this.asked.push(request);
    if (this.manner === "hold") await new Promise<void>((resolve) => (this.#release = resolve));
    if (this.manner === "reject") throw REJECTED;
  }

  async #answer(request: Request): Promise<unknown> {
    const { method, params = [] } = request;
    switch (method) {
      case "eth_chainId":
        return numberToHex(this.chainId);
      case "eth_accounts":
        return this.#agreed && !this.locked ? [this.account.address.toLowerCase()] : [];
      case "wallet_requestPermissions":
        throw { code: -32_601, message: "It has no such method." };
      case "eth_requestAccounts":
        await this.#consent(request);
        this.locked = false;
        this.#agreed = true;
        return [this.account.address.toLowerCase()];
      case "wallet_switchEthereumChain": {
        const [{ chainId }] = params as [{ chainId: Hex }];
        if (!this.known.has(Number(chainId))) throw UNKNOWN_CHAIN;
        await this.#consent(request);
        await this.switchChain(Number(chainId));
        return null;
      }
      case "wallet_addEthereumChain": {
        const [{ chainId }] = params as [{ chainId: Hex }];
        await this.#consent(request);
        this.known.add(Number(chainId));
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
        return this.#ask(request);
    }
  }

  #require(from: Hex): void {
    if (this.locked || !this.#agreed || !isAddressEqual(from, this.account.address)) throw UNAUTHORIZED;
  }

  #client() {
    return createWalletClient({ account: this.account, transport: http(this.#node) });
  }

  async #ask({ method, params = [] }: Request): Promise<unknown> {
    if (this.chainId !== this.#nodeChainId) throw { code: -32_603, message: "This network has no node here." };
    const response = await fetch(this.#node, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result: unknown; error?: { code: number; message: string } };
    if (error) throw error;
    return result;
  }
}

/** Runs in the page, before its own code. */
function announce(): void {
  interface Answer {
    result?: unknown;
    error?: { code: number; message: string; data?: unknown };
  }
  const own = window as unknown as {
    testWalletAsked: (request: unknown) => Promise<Answer>;
    testWalletTell: (event: string, value: unknown) => void;
  };
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  const provider = {
    request: async (request: unknown) => {
      const { result, error } = await own.testWalletAsked(request);
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
  own.testWalletTell = (event, value) => {
    for (const listener of listeners.get(event) ?? []) listener(value);
  };
  const info = {
    uuid: "350670db-19fa-4704-a166-e52e178b59d2",
    name: "Test wallet",
    icon: "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA4IDgiPjxjaXJjbGUgY3g9IjQiIGN5PSI0IiByPSI0IiBmaWxsPSIjMTc2MDZhIi8+PC9zdmc+",
    rdns: "example.test.wallet",
  };
  const tell = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
  window.addEventListener("eip6963:requestProvider", tell);
  tell();
}
