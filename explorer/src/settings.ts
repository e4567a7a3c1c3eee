import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

export interface Settings {
  theme: Theme;
  /** Shows amounts in base units instead of units of the currency. */
  exact: boolean;
  /** Address of the currency of all totals. Default: the currency that was admitted first. */
  currency: string | undefined;
}

const KEY = "tributary";
const DEFAULTS: Settings = { theme: "system", exact: false, currency: undefined };

const listeners = new Set<() => void>();
let settings: Settings = { ...DEFAULTS, ...storedSettings() };

function storedSettings(): Partial<Settings> {
  try {
    return parseSettings(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {}; // the browser may refuse access to its storage
  }
}

/** Reads settings from a stored text, which is untrusted. Leaves out fields without a valid value. */
export function parseSettings(text: string): Partial<Settings> {
  try {
    const { theme, exact, currency } = JSON.parse(text) as Record<string, unknown>;
    return {
      ...((theme === "light" || theme === "dark") && { theme }),
      ...(typeof exact === "boolean" && { exact }),
      ...(typeof currency === "string" && { currency }),
    };
  } catch {
    return {};
  }
}

export function changeSettings(changes: Partial<Settings>): void {
  settings = { ...settings, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Without storage, the settings last until the page is closed.
  }
  applyTheme();
  for (const listener of listeners) listener();
}

/** Sets the chosen theme on the page. */
export function applyTheme(): void {
  if (settings.theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = settings.theme;
}

/** Subscribes to changes of the settings. Returns a function that ends the subscription. */
export const onSettings = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useSettings = (): Settings => useSyncExternalStore(onSettings, () => settings);
