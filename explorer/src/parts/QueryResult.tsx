import type { ReactNode } from "react";
import { ApiProblem, Unreachable } from "../api/client.ts";

interface Asked<T> {
  data: T | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch: () => unknown;
}

interface QueryResultProps<T> {
  of: Asked<T>;
  /** How many lines its place takes while it is waited for, so that nothing jumps. */
  lines?: number;
  children: (data: T) => ReactNode;
}

/** What was asked for: while it is waited for, when it is there, and when it cannot be had. */
export function QueryResult<T>({ of, lines = 3, children }: QueryResultProps<T>) {
  if (of.data !== undefined) {
    return (
      <>
        {of.error && <p className="note warn">{reasonOf(of.error)} What is shown may be old.</p>}
        {children(of.data)}
      </>
    );
  }
  if (of.error) return <Failure error={of.error} retry={of.refetch} />;
  return <Loading lines={lines} />;
}

export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div className="loading" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className="line" />
      ))}
    </div>
  );
}

export function Failure({ error, retry }: { error: Error; retry?: () => unknown }) {
  const gone = error instanceof ApiProblem && error.status === 404;
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{gone ? "There is nothing here." : "This could not be answered."}</strong> {reasonOf(error)}
      </p>
      {retry && !gone && (
        <button type="button" onClick={() => void retry()}>
          Try again
        </button>
      )}
    </div>
  );
}

function reasonOf(error: Error): string {
  if (error instanceof ApiProblem) return error.message;
  if (error instanceof Unreachable || !navigator.onLine) {
    return "The API cannot be reached; it is asked again when it can be.";
  }
  return "Something here went wrong.";
}
