import { type Address, getContract, isAddressEqual, zeroAddress } from "viem";
import { timelockAbi } from "#protocol/abis.ts";
import { ROLE_NAMES, TIMELOCK_ROLES, type TimelockRole } from "#protocol/governance/roles.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { readTimelockLogs, type TimelockLog } from "./readTimelockLogs.ts";

export const timelockAt = ({ client }: Chain, address: Address) => getContract({ address, abi: timelockAbi, client });

/**
 * Finds the timelock of a deployment: the one that its file names, or the admin, if it is a timelock that was not deployed
 * with the rest.
 *
 * @throws {UserError} if there is none.
 */
export async function findTimelock(chain: Chain): Promise<Address> {
  const named = chain.deployment.periphery.timelock?.address;
  if (named) return named;
  const admin = await chain.ledger.read.admin();
  const answers = timelockAt(chain, admin);
  const isTimelock = await Promise.all([answers.read.getMinDelay(), answers.read.PROPOSER_ROLE()]).then(
    ([, role]) => role === TIMELOCK_ROLES.proposer,
    () => false,
  );
  if (isTimelock) return admin;
  throw new UserError(
    `This deployment has no timelock, so nothing is scheduled. Its admin is ${await accountText(chain, admin)}, which acts at once, without a delay. ${ACT_AS_IT}`,
  );
}

/** The advice for an act of an account that may be a contract. */
export const ACT_AS_IT = "Sign with that account, or, if it is a wallet such as a Safe, make the call from there.";

/** Returns an address, with a note if it is a contract. */
export async function accountText({ client }: Chain, account: Address): Promise<string> {
  const code = await client.getCode({ address: account });
  // An account that is delegated by EIP-7702 still signs with its key.
  return code === undefined || code === "0x" || code.startsWith("0xef0100")
    ? account
    : `${account} (a contract, such as a Safe)`;
}

/** Lists the accounts that have a role, by the timelock's events. */
export function holdersIn(logs: readonly TimelockLog[], role: TimelockRole): Address[] {
  const holders = new Map<string, Address>();
  for (const log of logs) {
    if (log.eventName !== "RoleGranted" && log.eventName !== "RoleRevoked") continue;
    if (log.args.role !== TIMELOCK_ROLES[role]) continue;
    const { account } = log.args;
    if (log.eventName === "RoleGranted") holders.set(account.toLowerCase(), account);
    else holders.delete(account.toLowerCase());
  }
  return [...holders.values()];
}

/**
 * Checks that an account has a role.
 *
 * @throws {UserError} if it has not. It names the accounts that have, if the node returns the timelock's logs.
 */
export async function requireRole(
  chain: Chain,
  account: Address,
  { timelock, role, does }: { timelock: Address; role: TimelockRole; does: string },
): Promise<void> {
  const { hasRole } = timelockAt(chain, timelock).read;
  const id = TIMELOCK_ROLES[role];
  if (await hasRole([id, account])) return;
  if (role === "executor" && (await hasRole([id, zeroAddress]))) return;
  // Without the block of its deployment, the whole chain would have to be read.
  const isKnown = chain.deployment.periphery.timelock?.fromBlock !== undefined;
  const holders = isKnown
    ? await readTimelockLogs(chain, timelock).then(
        (logs) => holdersIn(logs, role),
        () => undefined,
      )
    : undefined;
  const others = holders?.filter((each) => !isAddressEqual(each, account));
  const named = others && (await Promise.all(others.map((each) => accountText(chain, each)))).join(", ");
  throw new UserError(
    `${account} cannot ${does}: it does not have the role ${ROLE_NAMES[role]} of the timelock ${timelock}. ${
      named === undefined
        ? "Sign with an account that has it."
        : named === ""
          ? "No account has it any more, so nobody can do this."
          : `These have it: ${named}. Sign with one of them, or, if it is a wallet such as a Safe, make the call from there.`
    }`,
  );
}
