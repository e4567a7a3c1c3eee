import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Deployment, deployment } from "./deployment.ts";
import { type OnChain, openChain } from "./onChain.ts";
import { resume } from "./run.ts";

let resumed = false;

/** Looks for wallets, and takes up what was under way. */
function start(read: Deployment, queries: QueryClient): OnChain {
  const on = openChain(read);
  if (!resumed) {
    resumed = true;
    resume(on, queries);
  }
  return on;
}

/** Returns the deployment and the wallet, once the API has said where it is. */
export function useOnChain() {
  const queries = useQueryClient();
  const query = useQuery(deployment);
  const { data } = query;
  const on = useMemo(() => data && start(data, queries), [data, queries]);
  return { ...query, data: on };
}
