import { useSyncExternalStore } from "react";

const KEY = "tributary.account";
const listeners = new Set<() => void>();
let account = read();

function read(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined; // nothing is kept, nothing is known
  }
}

/** The account that was connected last, so that it can be shown before the wallet's code is there. */
export const known = {
  account: () => account,
  setAccount(address: string | undefined): void {
    account = address;
    try {
      if (address === undefined) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, address);
    } catch {
      // It holds until the page is left.
    }
    for (const tell of listeners) tell();
  },
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useKnownAccount = (): string | undefined => useSyncExternalStore(subscribe, known.account);
