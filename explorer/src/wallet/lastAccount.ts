import { useSyncExternalStore } from "react";

/** An address that this browser remembers. */
function remembered(key: string) {
  const listeners = new Set<() => void>();
  const read = (): string | undefined => {
    try {
      return localStorage.getItem(key) ?? undefined;
    } catch {
      return undefined; // storage that cannot be read contains no address
    }
  };
  let address = read();
  return {
    get: () => address,
    set(next: string | undefined): void {
      address = next;
      try {
        if (next === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, next);
      } catch {
        // Without storage, the address is remembered until the page is closed.
      }
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The account that was connected last. Pages show it before the wallet code is loaded. */
export const lastAccount = remembered("tributary.account");
/** The contract wallet that the reader prepares transactions for. */
export const contractWallet = remembered("tributary.contractWallet");

export const useLastAccount = (): string | undefined => useSyncExternalStore(lastAccount.subscribe, lastAccount.get);
export const useContractWallet = (): string | undefined =>
  useSyncExternalStore(contractWallet.subscribe, contractWallet.get);
