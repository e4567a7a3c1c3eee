import {
  type Address,
  encodeEventTopics,
  encodeFunctionData,
  type Hash,
  type Hex,
  isAddressEqual,
  pad,
  parseAbi,
  parseEventLogs,
} from "viem";
import { ledgerAbi, signedPaymentsAbi } from "#protocol/abis.ts";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";
import type { Chain } from "../../chain/chain.ts";
import { searchLogs } from "../../chain/searchLogs.ts";
import { ifAnswered } from "../../errors/ifAnswered.ts";
import type { SignedPayment } from "../../signing/signedPaymentFile.ts";
import { authorizationOf, type UnsignedPayment } from "./preparePayment.ts";

/**
 * The state of a signed payment on chain:
 *
 * - `unused`: it can still be submitted
 * - `paid`: somebody submitted it, and the fee was paid
 * - `cancelled`: the payer cancelled it
 * - `spent`: its nonce was used for something else, or the transaction was not found
 */
export type PaymentState =
  | { state: "unused" }
  | { state: "paid"; hash: Hash; blockNumber: bigint; amount: bigint }
  | { state: "cancelled"; hash: Hash; blockNumber: bigint }
  | { state: "spent"; hash?: Hash };

const permit2Abi = parseAbi([
  "function nonceBitmap(address owner, uint256 word) view returns (uint256)",
  "event UnorderedNonceInvalidation(address indexed owner, uint256 word, uint256 mask)",
]);

export interface PaymentStateParameters {
  payment: SignedPayment;
  /** The block from which to search for the transaction, such as that of the deployment. */
  fromBlock: bigint;
}

/** Reads whether a signed payment is used, and finds the transaction that used it. */
export function paymentState(chain: Chain, parameters: PaymentStateParameters): Promise<PaymentState> {
  return parameters.payment.way === "permit2" ? permit2State(chain, parameters) : authorizationState(chain, parameters);
}

async function authorizationState(chain: Chain, { payment, fromBlock }: PaymentStateParameters): Promise<PaymentState> {
  const { client, signedPayments } = chain;
  const { currency: address, payer } = payment;
  const nonce = await signedPayments.read.nonceOf([authorizationOf(payment)]);
  const isUsed = await ifAnswered(
    client.readContract({ address, abi: signedCurrencyAbi, functionName: "authorizationState", args: [payer, nonce] }),
  );
  if (!isUsed) return { state: "unused" };
  const args = { authorizer: payer, nonce };
  const [used] = encodeEventTopics({ abi: signedCurrencyAbi, eventName: "AuthorizationUsed", args });
  const [cancelled] = encodeEventTopics({ abi: signedCurrencyAbi, eventName: "AuthorizationCanceled", args });
  const topics = [[used, cancelled] as Hex[], pad(payer), nonce];
  const [log] = await searchLogs(client, { address, topics, fromBlock, enough: () => true });
  if (!log) return { state: "spent" };
  const { transactionHash: hash, blockNumber } = log;
  if (log.topics[0] === cancelled) return { state: "cancelled", hash, blockNumber };
  const { logs } = await client.getTransactionReceipt({ hash });
  const fee = feesOf(chain, payment, logs)[0];
  return fee ? { state: "paid", hash, blockNumber, amount: fee.args.amount } : { state: "spent", hash };
}

async function permit2State(chain: Chain, { payment, fromBlock }: PaymentStateParameters): Promise<PaymentState> {
  const { client, permit2, deployment } = chain;
  const { payer, nonce, release, currency } = payment;
  const place = [payer, nonce >> 8n] as const;
  const bits =
    (await ifAnswered(
      client.readContract({ address: permit2, abi: permit2Abi, functionName: "nonceBitmap", args: place }),
    )) ?? 0n;
  const bit = 1n << (nonce & 255n);
  if ((bits & bit) === 0n) return { state: "unused" };

  // Permit2 has no event for a payment, so the fees with the same terms are read, and the nonce in their transactions.
  const topics = encodeEventTopics({ abi: ledgerAbi, eventName: "FeePaid", args: { release, currency, payer } });
  const terms = permit2Terms(payment);
  const found: PaymentState[] = [];
  await searchLogs(client, {
    address: deployment.ledger,
    topics,
    fromBlock,
    enough: async (logs) => {
      for (const { args, transactionHash: hash, blockNumber } of feesOf(chain, payment, logs)) {
        const { input } = await client.getTransaction({ hash });
        if (input.includes(terms)) found.push({ state: "paid", hash, blockNumber, amount: args.amount });
      }
      return found.length > 0;
    },
  });
  if (found[0]) return found[0];

  const invalidations = await searchLogs(client, {
    address: permit2,
    topics: encodeEventTopics({ abi: permit2Abi, eventName: "UnorderedNonceInvalidation", args: { owner: payer } }),
    fromBlock,
  });
  const [cancelled] = parseEventLogs({ abi: permit2Abi, logs: invalidations }).filter(
    ({ args }) => args.word === nonce >> 8n && (args.mask & bit) !== 0n,
  );
  if (!cancelled) return { state: "spent" };
  const { transactionHash: hash, blockNumber } = cancelled;
  return { state: "cancelled", hash, blockNumber };
}

type Logs = Awaited<ReturnType<typeof searchLogs>>;

/**
 * Returns the words of a payment as they stand in the data of `payWithPermit2`. The nonce alone could be found in the data of
 * any payment: its payer chooses it, and may choose one that is the amount or the time of another.
 */
function permit2Terms(payment: SignedPayment): string {
  const { way: _, signature, ...terms } = payment;
  const args = [terms, signature] as const;
  const data = encodeFunctionData({ abi: signedPaymentsAbi, functionName: "payWithPermit2", args });
  return data.slice(10, 10 + 64 * Object.keys(terms).length);
}

/**
 * Returns the fees with a payment's terms that `SignedPayments` paid. The amount is one of them: a payer can sign two amounts
 * with one nonce, of which only one can be paid.
 */
function feesOf({ deployment, signedPayments }: Chain, payment: UnsignedPayment, logs: Logs) {
  const isLedger = (address: Address) => isAddressEqual(address, deployment.ledger);
  const own = logs.filter(({ address }) => isLedger(address));
  return parseEventLogs({ abi: ledgerAbi, eventName: "FeePaid", logs: own }).filter(
    ({ args }) =>
      args.release === payment.release &&
      isAddressEqual(args.payer, payment.payer) &&
      isAddressEqual(args.currency, payment.currency) &&
      args.amount === payment.amount &&
      isAddressEqual(args.source, signedPayments.address) &&
      args.ref === payment.ref.toLowerCase(),
  );
}
