import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Currency } from "../../api/client.ts";
import { currencies } from "../../api/questions.ts";
import { QueryResult } from "../QueryResult.tsx";
import { useCurrency } from "./useCurrency.ts";

interface InCurrencyProps {
  /** How many lines its place takes while it is not known which currency there is. */
  lines?: number;
  children: (currency: Currency) => ReactNode;
}

/** What can be told in one currency only. */
export function InCurrency({ lines = 10, children }: InCurrencyProps) {
  const query = useQuery(currencies);
  const { currency } = useCurrency();
  return (
    <QueryResult of={query} lines={lines}>
      {() => (currency ? children(currency) : <p className="empty">No currency is admitted yet.</p>)}
    </QueryResult>
  );
}
