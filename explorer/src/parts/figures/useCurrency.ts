import { useQuery } from "@tanstack/react-query";
import type { Currency } from "../../api/client.ts";
import { currencies } from "../../api/questions.ts";
import { useSettings } from "../../settings.ts";

/** The currency in which totals are shown; undefined while it is not known yet, or if there is none. */
export function useCurrency(): { currency: Currency | undefined; all: readonly Currency[] } {
  const { data } = useQuery(currencies);
  const { currency: chosen } = useSettings();
  const all = data?.data ?? [];
  return { currency: all.find(({ address }) => address === chosen) ?? all[0], all };
}
