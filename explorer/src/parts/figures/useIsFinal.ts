import { useQuery } from "@tanstack/react-query";
import { health } from "../../api/questions.ts";

/** Returns true once a reorg can no longer remove a block; undefined while the answer is loaded. */
export function useIsFinal(block: string): boolean | undefined {
  const { data } = useQuery(health);
  return data && BigInt(block) <= BigInt(data.final?.number ?? -1);
}
