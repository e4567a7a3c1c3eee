import { useQuery } from "@tanstack/react-query";
import { health } from "../../api/questions.ts";

/** Whether the chain can no longer take back what a block holds; undefined while that is not known. */
export function useIsFinal(block: string): boolean | undefined {
  const { data } = useQuery(health);
  return data && BigInt(block) <= BigInt(data.final?.number ?? -1);
}
