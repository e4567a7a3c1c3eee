import { useQuery } from "@tanstack/react-query";
import { planQuery } from "#client/acts/collecting/planQuery.ts";
import { plan, type PlanListQuery } from "../../api/questions.ts";
import { useOnChain } from "../../wallet/start.ts";

interface UsePlanParameters {
  /** True to leave nothing out. Default: false. */
  all?: boolean;
  /** False to ask nothing yet. Default: true. */
  enabled?: boolean;
}

/**
 * Returns an account's claim plan at the gas price of now, so that money in the wrapped native token, whose price is known,
 * is left out where it costs more than it brings. Without a chain to ask, the plan is made without a gas price.
 */
export function usePlan(address: string, { all = false, enabled = true }: UsePlanParameters = {}) {
  const on = useOnChain();
  const costs = useQuery({
    queryKey: ["plan costs", on.data?.deployment.chainId],
    queryFn: async (): Promise<PlanListQuery> => {
      const costsNow = on.data && (await planQuery(on.data.chain, {}).catch(() => undefined));
      return costsNow ? { ...costsNow, gasPriceWei: rounded(costsNow.gasPriceWei) } : {};
    },
    enabled: on.data !== undefined || on.error !== null,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const query: PlanListQuery = { ...costs.data, ...(all && { all }) };
  const answer = useQuery({
    ...plan(address, query),
    enabled: enabled && costs.data !== undefined,
    placeholderData: (before) => before,
  });
  return { answer, query };
}

/** Rounds up to two digits, so that a plan is not made again for each small change of the price. */
function rounded(wei: string): string {
  const step = 10n ** BigInt(Math.max(0, wei.length - 2));
  return String(((BigInt(wei) + step - 1n) / step) * step);
}
