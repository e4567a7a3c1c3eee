import type { ReactNode } from "react";
import { href } from "../router.ts";
import { failureText } from "./failureText.ts";

interface QueryState<T> {
  data: T | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch: () => unknown;
}

/** Returns a query as if its data were still loaded, until something else is known that the page depends on. */
export const untilKnown = <T,>(query: QueryState<T>): QueryState<T> => ({ ...query, data: undefined });

interface QueryResultProps<T> {
  of: QueryState<T>;
  /** Number of lines of the placeholder while the data are loaded, so that the page does not jump. Default: 3. */
  lines?: number;
  children: (data: T) => ReactNode;
}

/** Result of a query: a placeholder while it is loaded, then its data or the reason for its failure. */
export function QueryResult<T>({ of, lines = 3, children }: QueryResultProps<T>) {
  if (of.data !== undefined) {
    return (
      <>
        {of.error && <p className="note warn">{failureText(of.error).reason} The data may be out of date.</p>}
        {children(of.data)}
      </>
    );
  }
  if (of.error) return <Failure error={of.error} retry={of.refetch} />;
  return <Loading lines={lines} />;
}

/** Placeholder for content that is loaded. */
export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div className="loading" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className="line" />
      ))}
    </div>
  );
}

/** Error in place of content, with a button to try again. */
export function Failure({ error, retry }: { error: Error; retry?: () => unknown }) {
  const { isMissing, reason, alternative } = failureText(error);
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{isMissing ? "Not found." : "The request failed."}</strong> {reason}
        {alternative && (
          <>
            {" "}
            Search for {alternative.search} above, or open the{" "}
            <a href={href(alternative.path)}>list of {alternative.list}</a>.
          </>
        )}
      </p>
      {retry && !isMissing && (
        <button type="button" onClick={() => void retry()}>
          Try again
        </button>
      )}
    </div>
  );
}
