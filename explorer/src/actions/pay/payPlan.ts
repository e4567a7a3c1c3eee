import { type Address, encodeFunctionData, erc20Abi, type Hex, zeroHash } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { amountText, type Currency, exactText } from "#protocol/money.ts";
import { permitFor } from "#client/signing/permit.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import type { Plan, Step } from "../../wallet/plan.ts";

export type Way = "best" | "permit" | "allowance" | "credit";

export interface Fee {
  release: number;
  /** Undefined: native money, which the ledger wraps. */
  currency: Currency | undefined;
  amount: bigint;
  way: Way;
  /** 32 bytes that tie it to a request off chain. */
  reference: Hex;
}

/** What it takes at most to pay with what was approved or signed just before. */
const PAY_GAS = 200_000n;

/** How a fee is paid, in as few transactions as can be. */
export async function payPlan(on: OnChain, account: Address, fee: Fee): Promise<Plan> {
  const { amount, currency, reference } = fee;
  const notes = reference === zeroHash ? [] : [`Its reference is ${reference}.`];
  if (!currency) return { ...payNative(on, fee), notes };
  const money = { ...fee, currency };
  const plan = fee.way === "credit" ? await payFromCredit(on, account, money) : await payWithToken(on, account, money);
  return { title: titleOf(amount, currency, fee.release), ...plan, notes };
}

type TokenFee = Fee & { currency: Currency };

const titleOf = (amount: bigint, unit: { symbol: string; decimals: number }, release: number) =>
  `Pay ${amountText(amount, unit)} into release ${release}`;

const exactly = ({ amount, currency, release }: TokenFee) =>
  `Pay ${exactText(amount, currency)} into release ${release}`;

function payNative({ deployment, network }: OnChain, { release, amount, reference }: Fee): Plan {
  const title = titleOf(amount, network.native, release);
  const data = encodeFunctionData({ abi: ledgerAbi, functionName: "payNative", args: [release, reference] });
  const does = `${title}, as ${deployment.wrapped?.symbol}.`;
  return { title, steps: [{ does, to: deployment.ledger, data, value: amount }] };
}

async function payFromCredit(on: OnChain, account: Address, fee: TokenFee): Promise<{ steps: Step[] }> {
  const { release, currency, amount, reference } = fee;
  const to = on.deployment.ledger;
  const credit = await on.client.readContract({
    address: to,
    abi: ledgerAbi,
    functionName: "creditOf",
    args: [account, currency.address],
  });
  if (credit < amount) {
    throw new UserError(
      `The account has ${exactText(credit, currency)} of credit in the ledger, and ${exactText(amount, currency)} are needed. Pay less, or choose another way.`,
    );
  }
  const args = [release, currency.address, amount, reference] as const;
  const data = encodeFunctionData({ abi: ledgerAbi, functionName: "payFromCredit", args });
  return {
    steps: [{ does: `${exactly(fee)}, from the account's credit of ${amountText(credit, currency)}.`, to, data }],
  };
}

async function payWithToken(on: OnChain, account: Address, fee: TokenFee): Promise<{ steps: Step[] }> {
  const { client, deployment } = on;
  const { release, currency, amount, way, reference } = fee;
  const to = deployment.ledger;
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
  const does = `${exactly(fee)}.`;
  const args = [release, currency.address, amount, reference] as const;
  const call = encodeFunctionData({ abi: ledgerAbi, functionName: "pay", args });
  if (allowance >= amount && way !== "permit") return { steps: [{ does, to, data: call }] };

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
  const data = permit
    ? (signature: Hex) =>
        encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [[permit.call(signature), call]] })
    : call;
  return { steps: [first, { does, to, data, gasLater: PAY_GAS }] };
}
