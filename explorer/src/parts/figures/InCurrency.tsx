import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Currency } from "../../api/client.ts";
import { currencies } from "../../api/questions.ts";
import { QueryResult } from "../QueryResult.tsx";
import { useCurrency } from "./useCurrency.ts";

interface InCurrencyProps {
  /** Lines of the placeholder while the currencies are loaded. Default: 10. */
  lines?: number;
  children: (currency: Currency) => ReactNode;
}

/** Content that needs one currency. */
export function InCurrency({ lines = 10, children }: InCurrencyProps) {
  const query = useQuery(currencies);
  const { currency } = useCurrency();
  return (
    <QueryResult of={query} lines={lines}>
      {() => (currency ? children(currency) : <p className="empty">No currency is admitted yet.</p>)}
    </QueryResult>
  );
}
