import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "../parts/QueryResult.tsx";

/**
 * Wraps a component that needs the wallet code. Its code is fetched when it is first shown.
 *
 * @param lines Height of what is shown until then. Default: 10.
 */
export function lazyComponent<Props extends object>(fetch: () => Promise<ComponentType<Props>>, lines = 10) {
  const Fetched = lazy(async () => ({ default: await fetch() }));
  return function LazyComponent(props: Props) {
    return (
      <Suspense fallback={lines > 0 && <Loading lines={lines} />}>
        <Fetched {...props} />
      </Suspense>
    );
  };
}
