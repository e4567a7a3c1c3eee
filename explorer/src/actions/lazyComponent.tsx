import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "../parts/QueryResult.tsx";

/** Wraps a component that needs the wallet code. Its code is fetched when it is first shown. */
export function lazyComponent<Props extends object>(fetch: () => Promise<ComponentType<Props>>) {
  const Fetched = lazy(async () => ({ default: await fetch() }));
  return function LazyComponent(props: Props) {
    return (
      <Suspense fallback={<Loading lines={10} />}>
        <Fetched {...props} />
      </Suspense>
    );
  };
}
