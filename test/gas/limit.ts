import type { ContractTransactionReceipt, TransactionResponse } from "ethers";

/**
 * What a transaction has to touch, whatever the design: accounts and storage slots that were not touched before in it.
 * `updates` were not zero and do not become zero; `creates` were zero.
 */
export interface Touched {
  accounts?: number;
  reads?: number;
  updates?: number;
  creates?: number;
}

// Prague. Sources: EIP-2929 (cold access), EIP-2200 and EIP-3529 (storage), EIP-2028 (calldata), the yellow paper (logs).
const TRANSACTION = 21_000;
const COLD_ACCOUNT = 2_600;
const COLD_READ = 2_100;
const UPDATE = 2_900 + COLD_READ;
const CREATE = 20_000 + COLD_READ;
const ZERO_BYTE = 4;
const OTHER_BYTE = 16;
const LOG = 375;
const TOPIC = 375;
const LOG_BYTE = 8;

/** Gas that no design can avoid for the same calldata, the same logs and the same slots. */
export function gasLimitOf(
  transaction: TransactionResponse,
  receipt: ContractTransactionReceipt,
  touched: Touched,
): number {
  const { accounts = 0, reads = 0, updates = 0, creates = 0 } = touched;
  const calldata = Buffer.from(transaction.data.slice(2), "hex");
  const calldataGas = calldata.reduce((sum, byte) => sum + (byte === 0 ? ZERO_BYTE : OTHER_BYTE), 0);
  const logGas = receipt.logs.reduce(
    (sum, { topics, data }) => sum + LOG + TOPIC * topics.length + LOG_BYTE * (data.length / 2 - 1),
    0,
  );
  const touchGas = accounts * COLD_ACCOUNT + reads * COLD_READ + updates * UPDATE + creates * CREATE;
  return TRANSACTION + calldataGas + logGas + touchGas;
}
