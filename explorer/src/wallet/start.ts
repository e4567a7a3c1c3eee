import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Deployment, deployment } from "./deployment.ts";
import { type OnChain, openChain } from "./onChain.ts";
import { resume } from "./run.ts";

let hasResumed = false;

/** Connects to the chain, and resumes unfinished jobs the first time. */
function start(target: Deployment, queries: QueryClient): OnChain {
  const on = openChain(target);
  if (!hasResumed) {
    hasResumed = true;
    resume(on, queries);
  }
  return on;
}

/** Returns the deployment and the wallet once the API has reported the addresses. */
export function useOnChain() {
  const queries = useQueryClient();
  const query = useQuery(deployment);
  const { data } = query;
  const on = useMemo(() => data && start(data, queries), [data, queries]);
  return { ...query, data: on };
}
