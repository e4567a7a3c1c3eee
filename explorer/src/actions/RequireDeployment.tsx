import type { ReactNode } from "react";
import { QueryResult } from "../parts/QueryResult.tsx";
import type { OnChain } from "../wallet/onChain.ts";
import { useOnChain } from "../wallet/start.ts";

/** Shows its children once the addresses of the contracts are loaded. */
export function RequireDeployment({ children, lines = 6 }: { children: (on: OnChain) => ReactNode; lines?: number }) {
  return (
    <QueryResult of={useOnChain()} lines={lines}>
      {children}
    </QueryResult>
  );
}
