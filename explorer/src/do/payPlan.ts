import { type Address, encodeFunctionData, erc20Abi, zeroHash } from "viem";
import { ledgerAbi } from "../../../indexer/abis.ts";
import { UserError } from "../../../indexer/userError.ts";
import { amountText, type Currency, exactText } from "../../../scripts/anywhere/money.ts";
import { permitFor } from "../../../scripts/anywhere/permit.ts";
import type { OnChain } from "../wallet/onChain.ts";
import type { Plan, Step } from "../wallet/plan.ts";

export type Way = "best" | "permit" | "allowance";

export interface Fee {
  release: number;
  /** Undefined: native money, which the ledger wraps. */
  currency: Currency | undefined;
  amount: bigint;
  way: Way;
}

/** What it takes at most to pay with what was approved or signed just before. */
const PAY_GAS = 200_000n;

/** How a fee is paid, in as few transactions as can be. */
export async function payPlan(on: OnChain, account: Address, fee: Fee): Promise<Plan> {
  const { client, deployment, network } = on;
  const { release, currency, amount, way } = fee;
  const to = deployment.ledger;
  if (!currency) {
    const title = `Pay ${amountText(amount, network.native)} into release ${release}`;
    const data = encodeFunctionData({ abi: ledgerAbi, functionName: "payNative", args: [release, zeroHash] });
    return { title, steps: [{ does: `${title}, as ${deployment.wrapped?.symbol}.`, to, data, value: amount }] };
  }

  const token = { address: currency.address, abi: erc20Abi } as const;
  const [balance, allowance] = await Promise.all([
    client.readContract({ ...token, functionName: "balanceOf", args: [account] }),
    client.readContract({ ...token, functionName: "allowance", args: [account, to] }),
  ]);
  if (balance < amount) {
    throw new UserError(
      `The account has ${exactText(balance, currency)}, and ${exactText(amount, currency)} are needed. Get more, or pay less.`,
    );
  }
  const title = `Pay ${amountText(amount, currency)} into release ${release}`;
  const exactly = `Pay ${exactText(amount, currency)} into release ${release}.`;
  const call = encodeFunctionData({
    abi: ledgerAbi,
    functionName: "pay",
    args: [release, currency.address, amount, zeroHash],
  });
  if (allowance >= amount && way !== "permit") return { title, steps: [{ does: exactly, to, data: call }] };

  const permit =
    way === "allowance"
      ? undefined
      : await permitFor(
          { client, chainId: deployment.chainId },
          { currency: currency.address, owner: account, spender: to, amount },
        );
  if (way === "permit" && !permit) {
    throw new UserError(`${currency.symbol} takes no permits (ERC-2612). Choose another way.`);
  }
  const first: Step = permit
    ? {
        does: `Sign a message that lets the ledger take exactly that much, once. It costs nothing.`,
        message: permit.message,
      }
    : {
        does: `Let the ledger (${to}) take ${exactText(amount, currency)}, and no more.`,
        to: currency.address,
        data: encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [to, amount] }),
      };
  return {
    title,
    steps: [
      first,
      {
        does: exactly,
        to,
        data: permit
          ? (signature) =>
              encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [[permit.call(signature), call]] })
          : call,
        gasLater: PAY_GAS,
      },
    ],
  };
}
