import type { ContractTransaction } from "ethers";

/** Returns the data of calls that were prepared with `contract.method.populateTransaction(…)`, in order. */
export const callData = async (...calls: Promise<ContractTransaction>[]) =>
  (await Promise.all(calls)).map(({ data }) => data);
