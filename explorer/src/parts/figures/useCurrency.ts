import { useQuery } from "@tanstack/react-query";
import type { Currency } from "../../api/client.ts";
import { currencies } from "../../api/questions.ts";
import { useSettings } from "../../settings.ts";

/** Returns the currency of all totals; undefined while the currencies are loaded, or if there is none. */
export function useCurrency(): { currency: Currency | undefined; all: readonly Currency[] } {
  const { data } = useQuery(currencies);
  const { currency: address } = useSettings();
  const all = data?.data ?? [];
  return { currency: all.find((each) => each.address === address) ?? all[0], all };
}
