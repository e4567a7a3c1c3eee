import { useQuery } from "@tanstack/react-query";
import { health } from "../../api/questions.ts";

/** Returns true once the chain can no longer take a block back; undefined while that is not known. */
export function useIsFinal(block: string): boolean | undefined {
  const { data } = useQuery(health);
  return data && BigInt(block) <= BigInt(data.final?.number ?? -1);
}
