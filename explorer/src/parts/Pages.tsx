import type { ReactNode } from "react";
import type { ListOf } from "../api/questions.ts";
import { Answer } from "./Answer.tsx";
import { usePages } from "./usePages.ts";

interface PagesProps<Row> {
  of: ListOf<Row>;
  lines?: number;
  children: (rows: Row[]) => ReactNode;
}

/** A list that is read page by page. */
export function Pages<Row>({ of, lines = 8, children }: PagesProps<Row>) {
  const query = usePages(of);
  return (
    <Answer of={query} lines={lines}>
      {({ pages }) => (
        <>
          {children(pages.flatMap(({ data }) => data))}
          {query.hasNextPage && (
            <p className="more">
              <button type="button" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {query.isFetchingNextPage ? "Loading…" : "Show more"}
              </button>
            </p>
          )}
        </>
      )}
    </Answer>
  );
}
