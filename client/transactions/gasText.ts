interface Gas {
  /** Gas of transactions that were simulated just now, against the chain. */
  simulated?: bigint;
  /** Gas of transactions that cannot be simulated before those ahead of them, or of a plan that an indexer made. */
  estimated?: bigint;
}

/**
 * Describes the gas of an act by its source, such as "81234 gas, simulated" or "about 90000 gas, estimated". Commands and
 * pages show every figure of gas in these words.
 */
export function gasText({ simulated = 0n, estimated = 0n }: Gas): string {
  if (estimated === 0n) return `${simulated} gas, simulated`;
  if (simulated === 0n) return `about ${estimated} gas, estimated`;
  return `about ${simulated + estimated} gas, of which ${estimated} are estimated`;
}

/** Describes the gas of the transactions of a plan. */
export const gasTextOf = (sends: readonly { gas: bigint; gasLater?: bigint }[]): string => {
  const sum = (isEstimated: boolean) =>
    sends.reduce((total, { gas, gasLater }) => ((gasLater !== undefined) === isEstimated ? total + gas : total), 0n);
  return gasText({ simulated: sum(false), estimated: sum(true) });
};
