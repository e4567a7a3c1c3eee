import { useSyncExternalStore } from "react";

const KEY = "tributary.account";
const listeners = new Set<() => void>();
let account = read();

function read(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined; // storage that cannot be read contains no account
  }
}

/** The account that was connected last. Pages show it before the wallet code is loaded. */
export const lastAccount = {
  get: () => account,
  set(address: string | undefined): void {
    account = address;
    try {
      if (address === undefined) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, address);
    } catch {
      // Without storage, the account is remembered until the page is closed.
    }
    for (const listener of listeners) listener();
  },
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLastAccount = (): string | undefined => useSyncExternalStore(subscribe, lastAccount.get);
