import type { ReactNode } from "react";
import { Answer } from "../parts/Answer.tsx";
import type { OnChain } from "../wallet/onChain.ts";
import { useOnChain } from "../wallet/start.ts";

/** What needs to know where the contracts are. */
export function Doing({ children, lines = 6 }: { children: (on: OnChain) => ReactNode; lines?: number }) {
  return (
    <Answer of={useOnChain()} lines={lines}>
      {children}
    </Answer>
  );
}
