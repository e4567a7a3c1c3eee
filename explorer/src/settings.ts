import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

export interface Settings {
  theme: Theme;
  /** Amounts in base units, rather than in units of the currency. */
  exact: boolean;
  /** In which currency totals are shown; the first that is admitted unless one was chosen. */
  currency: string | undefined;
}

const KEY = "tributary";
const listeners = new Set<() => void>();
let settings: Settings = { theme: "system", exact: false, currency: undefined, ...stored() };

function stored(): Partial<Settings> {
  try {
    const { theme, exact, currency } = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
    return {
      ...((theme === "light" || theme === "dark") && { theme }),
      ...(typeof exact === "boolean" && { exact }),
      ...(typeof currency === "string" && { currency }),
    };
  } catch {
    return {}; // storage that cannot be read is no settings
  }
}

export function change(given: Partial<Settings>): void {
  settings = { ...settings, ...given };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // They hold until the page is left.
  }
  applyTheme();
  for (const tell of listeners) tell();
}

export function applyTheme(): void {
  if (settings.theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = settings.theme;
}

/** Answers how to stop. */
export const onSettings = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useSettings = (): Settings => useSyncExternalStore(onSettings, () => settings);
