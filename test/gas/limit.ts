import type { ContractTransactionReceipt, TransactionResponse } from "ethers";
import type { Hex } from "viem";
import {
  calldataGas,
  CHANGE,
  COLD_ACCOUNT,
  COLD_READ,
  CREATE,
  LOG,
  LOG_BYTE,
  TOPIC,
  TRANSACTION,
} from "../../indexer/graph/plans/gasCosts.ts";

/** Gas of creating a contract, and of a byte of its code. */
const DEPLOYMENT = 32_000;
const DEPLOYED_BYTE = 200;

/**
 * The state that a transaction has to touch, whatever the design: accounts and storage slots that were not touched before in it.
 * `updates` were not zero and do not become zero; `creates` were zero.
 */
export interface Touched {
  accounts?: number;
  reads?: number;
  updates?: number;
  creates?: number;
  /** Bytes of a contract that is deployed. */
  deployedBytes?: number;
}

/** Gas that no design can avoid for the same calldata, the same logs and the same slots. */
export function gasLimitOf(
  transaction: TransactionResponse,
  receipt: ContractTransactionReceipt,
  touched: Touched,
): number {
  const { accounts = 0, reads = 0, updates = 0, creates = 0, deployedBytes = 0 } = touched;
  const logGas = receipt.logs.reduce(
    (sum, { topics, data }) => sum + LOG + TOPIC * topics.length + LOG_BYTE * (data.length / 2 - 1),
    0,
  );
  const slots = reads + updates + creates;
  const touchGas = accounts * COLD_ACCOUNT + slots * COLD_READ + updates * CHANGE + creates * CREATE;
  const deployGas = deployedBytes > 0 ? DEPLOYMENT + DEPLOYED_BYTE * deployedBytes : 0;
  return TRANSACTION + calldataGas(transaction.data as Hex) + logGas + touchGas + deployGas; // ethers gives "0x…"
}
