import type { ReactNode } from "react";
import type { ListOf } from "../../api/questions.ts";
import { QueryResult } from "../QueryResult.tsx";
import { usePagedList } from "./usePagedList.ts";

interface PagedListProps<Row> {
  of: ListOf<Row>;
  /** Number of lines of the placeholder while the first page is loaded. Default: 8. */
  lines?: number;
  children: (rows: Row[]) => ReactNode;
}

/** List that is read page by page. */
export function PagedList<Row>({ of, lines = 8, children }: PagedListProps<Row>) {
  const query = usePagedList(of);
  return (
    <QueryResult of={query} lines={lines}>
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
    </QueryResult>
  );
}
