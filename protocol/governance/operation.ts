import { type Address, encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from "viem";

/** One call that the timelock is to make. */
export interface TimelockCall {
  target: Address;
  /** In wei. */
  value: bigint;
  data: Hex;
}

/** The content of an operation of the timelock: its id is a digest of this. */
export interface Operation {
  calls: readonly TimelockCall[];
  /** The id of the operation that must be executed first; zero if there is none. */
  predecessor: Hex;
  salt: Hex;
  /** True if it is scheduled as a batch. A batch of one call has another id than the call alone. */
  isBatch: boolean;
}

const SINGLE = parseAbiParameters("address, uint256, bytes, bytes32, bytes32");
const BATCH = parseAbiParameters("address[], uint256[], bytes[], bytes32, bytes32");

/** Returns the arguments of a batch, in the order in which the timelock's functions take them. */
export const batchArguments = ({ calls, predecessor, salt }: Omit<Operation, "isBatch">) =>
  [
    calls.map(({ target }) => target),
    calls.map(({ value }) => value),
    calls.map(({ data }) => data),
    predecessor,
    salt,
  ] as const;

/** Computes the id of an operation, as the timelock does. */
export function operationId({ calls, predecessor, salt, isBatch }: Operation): Hex {
  const [call] = calls;
  return keccak256(
    isBatch || !call
      ? encodeAbiParameters(BATCH, batchArguments({ calls, predecessor, salt }))
      : encodeAbiParameters(SINGLE, [call.target, call.value, call.data, predecessor, salt]),
  );
}

/** Finds out whether calls with this id were scheduled as a batch; undefined if the id is not of these calls. */
export function findOperation(id: Hex, content: Omit<Operation, "isBatch">): Operation | undefined {
  return (content.calls.length === 1 ? [false, true] : [true])
    .map((isBatch) => ({ ...content, isBatch }))
    .find((operation) => operationId(operation) === id.toLowerCase());
}
