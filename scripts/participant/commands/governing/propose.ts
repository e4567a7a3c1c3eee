import { readFile } from "node:fs/promises";
import { encodeFunctionData, type Hex, isHex } from "viem";
import { z } from "zod";
import { propose as planProposal, type ProposePlan } from "#client/acts/governing/propose.ts";
import { findTimelock } from "#client/acts/governing/timelock.ts";
import { timelockAbi } from "#protocol/abis.ts";
import { parseAddress } from "#protocol/address.ts";
import { periodText, secondsOf } from "#protocol/duration.ts";
import type { TimelockCall } from "#protocol/governance/operation.ts";
import { TIMELOCK_ROLES } from "#protocol/governance/roles.ts";
import { parseAmount } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import type { Session } from "../../session.ts";
import { transact } from "../../transact.ts";
import { parseBytes32 } from "./readSchedule.ts";

/** Schedules calls in the timelock. */
export const propose: Command<OptionsOf<"propose">> = async (session, options) => {
  const account = await session.account();
  const { delay, predecessor, salt, unchecked } = options;
  const plan = await planProposal(session.chain, account, {
    calls: await callsOf(session, options),
    delay: delay === undefined ? undefined : secondsOrRefusal(delay, "--delay"),
    predecessor: predecessor === undefined ? undefined : parseBytes32(predecessor, "--predecessor"),
    salt: salt === undefined ? undefined : parseBytes32(salt, "--salt"),
    unchecked,
  });
  await transact(session, plan);
  return printScheduled(session, plan);
};

/** Prints the outcome of a proposal, and returns it for programs. */
export function printScheduled(
  session: Session,
  { id, delay, timelock }: Pick<ProposePlan, "id" | "delay" | "timelock">,
) {
  session.print(`Scheduled as ${id}. In ${periodText(delay)}, anyone can execute it: npx hardhat execute ${id}`);
  return { operation: id, timelock, delay };
}

type Options = OptionsOf<"propose">;

async function callsOf(session: Session, options: Options): Promise<TimelockCall[]> {
  const { target, data, value, calls, grantRole, revokeRole, minDelay } = options;
  const ofRoles = grantRole !== undefined || revokeRole !== undefined;
  if ([target !== undefined, calls !== undefined, ofRoles || minDelay !== undefined].filter(Boolean).length !== 1) {
    throw new UserError(
      "Say what to schedule, in one way: --target with --data and --value, --calls with a file, or any of --grant-role, --revoke-role and --min-delay. For a currency, use admit.",
    );
  }
  if (calls !== undefined) return readCalls(calls, session.chain.chainId);
  if (target !== undefined) {
    if (!isHex(data) || data.length % 2 !== 0) {
      throw new UserError(
        `--data: ${data} is not hexadecimal data. Write 0x and an even number of hexadecimal digits.`,
      );
    }
    return [{ target: parseAddress(target, "--target"), value: parseAmount(value, session.chain.native), data }];
  }
  const timelock = await findTimelock(session.chain);
  const ofTimelock = (call: Hex): TimelockCall => ({ target: timelock, value: 0n, data: call });
  const roles = (list: string | undefined, functionName: "grantRole" | "revokeRole", option: string) =>
    (list ?? "")
      .split(",")
      .filter(Boolean)
      .map((each) => ofTimelock(encodeFunctionData({ abi: timelockAbi, functionName, args: parseRole(each, option) })));
  return [
    ...roles(grantRole, "grantRole", "--grant-role"),
    ...roles(revokeRole, "revokeRole", "--revoke-role"),
    ...(minDelay === undefined
      ? []
      : [
          ofTimelock(
            encodeFunctionData({
              abi: timelockAbi,
              functionName: "updateDelay",
              args: [secondsOrRefusal(minDelay, "--min-delay")],
            }),
          ),
        ]),
  ];
}

function parseRole(text: string, option: string) {
  const [role = "", account = ""] = text.split(":");
  if (role !== "proposer" && role !== "canceller" && role !== "executor") {
    throw new UserError(`${option}: ${role} is not a role. Write proposer:0x…, canceller:0x… or executor:0x….`);
  }
  return [TIMELOCK_ROLES[role], parseAddress(account, option)] as const;
}

function secondsOrRefusal(text: string, option: string): bigint {
  const seconds = secondsOf(text);
  if (seconds !== undefined) return BigInt(seconds);
  throw new UserError(`${option} must be a duration such as 30s, 10m, 2h or 7d.`);
}

const Call = z.object({
  to: z.string(),
  value: z.union([z.string(), z.number()]).optional(),
  data: z.string().nullable().optional(),
  /** The method that the Safe Transaction Builder encodes by itself. */
  contractMethod: z.object({}).nullable().optional(),
});
const Batch = z.object({ chainId: z.union([z.string(), z.number()]).optional(), transactions: z.array(Call) });
const Calls = z.union([z.array(Call), Batch]);

/** Reads a list of calls, or a file of the Safe Transaction Builder. */
async function readCalls(file: string, chainId: number): Promise<TimelockCall[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new UserError(`${file} cannot be read: ${(cause as Error).message}. Name another file with --calls.`, {
      cause,
    });
  }
  const parsed = Calls.safeParse(content);
  if (!parsed.success) {
    throw new UserError(
      `${file} is not a list of calls, each with to, value and data:\n${z.prettifyError(parsed.error)}`,
    );
  }
  const batch = Array.isArray(parsed.data) ? { transactions: parsed.data, chainId: undefined } : parsed.data;
  if (batch.chainId !== undefined && String(batch.chainId) !== String(chainId)) {
    throw new UserError(
      `The calls in ${file} are for chain ${batch.chainId}, not for chain ${chainId}. Name that network with --network, or another file.`,
    );
  }
  return batch.transactions.map(({ to, value = "0", data, contractMethod }, i) => {
    const wei = String(value);
    const bytes = data ?? (contractMethod ? "" : "0x");
    if (!/^\d+$/.test(wei)) throw new UserError(`${file}, call ${i + 1}: the value ${wei} is not a number of wei.`);
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      throw new UserError(
        `${file}, call ${i + 1}: a value of this size loses digits as a JSON number. Write it as text, between quotation marks.`,
      );
    }
    if (!isHex(bytes) || bytes.length % 2 !== 0) {
      throw new UserError(
        `${file}, call ${i + 1}: its data is not hexadecimal. A call that a file describes by its method, without data, must be encoded first.`,
      );
    }
    return { target: parseAddress(to, `${file}, call ${i + 1}`), value: BigInt(wei), data: bytes };
  });
}
