import { type RefCallback, useCallback, useState } from "react";

/** Measures an element's width in pixels and follows its changes; 0 before it is mounted. */
export function useWidth<T extends Element>(): [width: number, ref: RefCallback<T>] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: T | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, ref];
}
