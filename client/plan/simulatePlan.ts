import type { Address } from "viem";
import { amountText } from "#protocol/money.ts";
import { networkOf } from "#protocol/networks/networks.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../chain/chain.ts";
import { costOf, type Estimate, estimateCall, type GasPrice, readGasPrice, withReserve } from "../transactions/cost.ts";
import { isSend, type Plan, type SendStep } from "./plan.ts";

/** A transaction with its simulated gas and cost. */
export type SimulatedStep = SendStep & Estimate;

/** The gas and the money that a plan takes. Steps that cannot be simulated yet count with an upper bound. */
export interface PlanCost extends Estimate {
  /** Native money that the transactions send along, in wei. */
  value: bigint;
  /** The price that the transactions offer; undefined if there are none. */
  price?: GasPrice;
  /** The transactions, each with its gas and cost. */
  sends: SimulatedStep[];
}

/**
 * Simulates a plan, without signing or sending anything.
 *
 * @param paysGas False if somebody else pays the gas, as for a contract wallet. Default: true.
 * @throws {UserError} if a contract would refuse it, or if the account does not have enough native money.
 */
export async function simulatePlan(
  chain: Chain,
  account: Address,
  { steps }: Plan,
  { paysGas = true }: { paysGas?: boolean } = {},
): Promise<PlanCost> {
  const sends = steps.filter(isSend);
  if (sends.length === 0) return { gas: 0n, costWei: 0n, mostWei: 0n, value: 0n, sends: [] };
  const price = await readGasPrice(chain.client, chain.prices);
  const simulated: SimulatedStep[] = [];
  for (const step of sends) simulated.push({ ...step, ...(await simulateStep(chain, account, step, price)) });

  const sum = (of: (step: SimulatedStep) => bigint) => simulated.reduce((total, step) => total + of(step), 0n);
  const cost = {
    gas: sum(({ gas }) => gas),
    costWei: sum(({ costWei }) => costWei),
    mostWei: sum(({ mostWei }) => mostWei),
    value: sum(({ value = 0n }) => value),
    price,
    sends: simulated,
  };
  await requireNative(chain, account, cost.value + (paysGas ? withReserve(cost.mostWei) : 0n));
  return cost;
}

async function simulateStep({ client }: Chain, account: Address, step: SendStep, price: GasPrice): Promise<Estimate> {
  const { to, data, value = 0n, gasLater } = step;
  if (typeof data === "function") {
    if (gasLater === undefined) throw new Error(`A step that needs a signature has no gasLater: ${step.does}`);
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
    `The account has ${amountText(balance, native)}, but needs ${amountText(needed, native)}, with a reserve for a higher gas price. Send it some first${faucet === undefined ? "" : `, for example from the faucet ${faucet}`}.`,
  );
}
