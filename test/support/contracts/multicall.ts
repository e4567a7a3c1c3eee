import type { ContractTransaction } from "ethers";

/** The data of these calls, each prepared with `contract.method.populateTransaction(…)`, in their order. */
export const callData = async (...calls: Promise<ContractTransaction>[]) =>
  (await Promise.all(calls)).map(({ data }) => data);
