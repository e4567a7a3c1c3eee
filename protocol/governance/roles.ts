import { type Hex, keccak256, toBytes, zeroHash } from "viem";

/** The ids of the roles in OpenZeppelin's TimelockController. */
export const TIMELOCK_ROLES = {
  admin: zeroHash,
  proposer: keccak256(toBytes("PROPOSER_ROLE")),
  canceller: keccak256(toBytes("CANCELLER_ROLE")),
  executor: keccak256(toBytes("EXECUTOR_ROLE")),
} as const satisfies Record<string, Hex>;

export type TimelockRole = keyof typeof TIMELOCK_ROLES;

/** The name of each role's constant in the contract. */
export const ROLE_NAMES: Readonly<Record<TimelockRole, string>> = {
  admin: "DEFAULT_ADMIN_ROLE",
  proposer: "PROPOSER_ROLE",
  canceller: "CANCELLER_ROLE",
  executor: "EXECUTOR_ROLE",
};

/** Finds the role that has an id; undefined if the timelock uses no such role. */
export const roleOf = (id: string): TimelockRole | undefined =>
  (Object.keys(TIMELOCK_ROLES) as TimelockRole[]).find((role) => TIMELOCK_ROLES[role] === id.toLowerCase());
