import type { Address } from "viem";
import { amountText } from "#protocol/money.ts";
import { networkOf } from "#protocol/networks/networks.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../chain/chain.ts";
import { costOf, type Estimate, estimateCall, type GasPrice, readGasPrice, withReserve } from "../transactions/cost.ts";
import { isSend, type Plan, type SendStep } from "./plan.ts";

export type TriedStep = SendStep & Estimate;

/** Gas and money that a plan takes, as far as it can be tried before anything is sent. */
export interface PlanCost extends Estimate {
  /** Native money that goes with it, in wei. */
  value: bigint;
  /** The transactions, each with what it takes. */
  sends: TriedStep[];
}

/**
 * Tries a plan, without sending or signing anything.
 *
 * @throws {UserError} if a contract would refuse it, or the account has not enough native money.
 */
export async function tryPlan(chain: Chain, account: Address, { steps }: Plan): Promise<PlanCost> {
  const sends = steps.filter(isSend);
  if (sends.length === 0) return { gas: 0n, costWei: 0n, mostWei: 0n, value: 0n, sends: [] };
  const price = await readGasPrice(chain.client);
  const tried: TriedStep[] = [];
  for (const step of sends) tried.push({ ...step, ...(await tryStep(chain, account, step, price)) });

  const sum = (of: (step: TriedStep) => bigint) => tried.reduce((total, step) => total + of(step), 0n);
  const cost = {
    gas: sum(({ gas }) => gas),
    costWei: sum(({ costWei }) => costWei),
    mostWei: sum(({ mostWei }) => mostWei),
    value: sum(({ value = 0n }) => value),
    sends: tried,
  };
  await requireNative(chain, account, cost.value + withReserve(cost.mostWei));
  return cost;
}

async function tryStep({ client }: Chain, account: Address, step: SendStep, price: GasPrice): Promise<Estimate> {
  const { to, data, value = 0n, gasLater } = step;
  if (typeof data === "function") {
    if (gasLater === undefined) throw new Error(`No gas is given for what waits for a signature: ${step.does}`);
    return costOf(client, { to, data: "0x", value }, gasLater, price);
  }
  const call = { to, data, value };
  return gasLater === undefined ? estimateCall(client, account, call, price) : costOf(client, call, gasLater, price);
}

async function requireNative({ client, chainId, native }: Chain, account: Address, needed: bigint): Promise<void> {
  const balance = await client.getBalance({ address: account });
  if (balance >= needed) return;
  const faucet = networkOf(chainId)?.faucet;
  throw new UserError(
    `The account has ${amountText(balance, native)}, and ${amountText(needed, native)} must be there, though less may be spent. Send it some first${faucet === undefined ? "" : `: ${faucet} gives some`}.`,
  );
}
