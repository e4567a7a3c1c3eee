import { expect } from "chai";
import { readUnderpriced, type Underpriced } from "./underpriced.ts";

const refusals: [string, Underpriced["of"], bigint | undefined][] = [
  // geth and bor, old and new; op-geth; erigon
  ["transaction underpriced: gas tip cap 1500000000, minimum needed 25000000000", "tip", 25_000_000_000n],
  ["transaction gas price below minimum: gas tip cap 1500000000, minimum needed 25000000000", "tip", 25_000_000_000n],
  ["transaction underpriced: tip needed 25000000000, tip permitted 1500000000", "tip", 25_000_000_000n],
  ["INTERNAL_ERROR: transaction underpriced: gas tip cap 0, minimum needed 1", "tip", 1n],
  ["transaction underpriced", "price", undefined],
  ["underpriced", "price", undefined],
  [
    "max fee per gas less than block base fee: address 0x336394A3219e71D9d9bd18201d34E95C1Bb7122C, maxFeePerGas: 100000000, baseFee: 109440000",
    "baseFee",
    109_440_000n,
  ],
  // Arbitrum, without the comma; erigon
  [
    "max fee per gas less than block base fee: address 0x33, maxFeePerGas: 100000000 baseFee: 109440000",
    "baseFee",
    109_440_000n,
  ],
  ["fee cap less than block base fee", "baseFee", undefined],
  [
    "err: max fee per gas less than block base fee: address 0x33, maxFeePerGas: 1 baseFee: 13 (supplied gas 15010499)",
    "baseFee",
    13n,
  ],
  // coreth
  [
    "transaction underpriced: address 0x3Cd0 have gas tip cap (0) < pool gas tip cap (225000000000)",
    "tip",
    225_000_000_000n,
  ],
  [
    "transaction underpriced: address 0x3Cd0 have gas fee cap (1) < pool minimum fee cap (25000000000)",
    "price",
    25_000_000_000n,
  ],
  // Nethermind
  [
    "FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 50000000, BaseFee: 7000000000, MaxPriorityFeePerGas:0, Block number: 123",
    "baseFee",
    7_000_000_000n,
  ],
  ["FeeTooLow, EffectivePriorityFeePerGas too low 10 < 1000000000, BaseFee: 12345", "tip", 1_000_000_000n],
  [
    "FeeTooLow, FeePerGas needs to be higher than 3000000000 to be added to the TxPool. Affordable FeePerGas of rejected tx: 1.",
    "price",
    3_000_000_000n,
  ],
  ["FeeTooLowToCompete", "price", undefined],
  ["miner premium is negative", "price", undefined],
  // reth, Besu, Hedera, BSC, Metis, Celo, Parity, Hardhat, Cosmos
  ["transaction priority fee below minimum required priority fee 25000000000", "tip", 25_000_000_000n],
  ["Gas price below configured minimum gas price", "price", undefined],
  ["Gas price '10' is below configured minimum gas price '710000000000'", "price", 710_000_000_000n],
  ["transaction underpriced, min 1 gwei", "price", 1_000_000_000n],
  ["gas price too low: 1 wei, use at least tx.gasPrice = 2000000 wei", "price", 2_000_000n],
  ["gasprice is less than gas price minimum floor", "price", undefined],
  ["Transaction gas price is too low. It does not satisfy your node's minimal gas price", "price", undefined],
  [
    "Transaction maxFeePerGas (1) is too low for the next block, which has a baseFeePerGas of 900000000",
    "baseFee",
    900_000_000n,
  ],
  ["insufficient fee; got: 1 required: 25000000000", "price", 25_000_000_000n],
  ["transaction underpriced: gas tip cap 1.5 gwei, minimum needed 25 gwei", "tip", 25_000_000_000n],
  ["transaction underpriced: gas tip cap 1,500,000,000, minimum needed: 25,000,000,000", "tip", 25_000_000_000n],
];

describe("readUnderpriced", () => {
  for (const [message, of, least] of refusals) {
    it(`reads: ${message}`, () => {
      expect(readUnderpriced(message)).to.deep.equal({ of, least, replaces: false });
    });
  }

  it("tells a replacement that offers too little", () => {
    for (const message of [
      "replacement transaction underpriced",
      "Replacement transaction underpriced: new tx gas fee cap 5 <= 6 queued",
      "Transaction gas price 1 is too low. There is another transaction with same nonce in the queue",
    ]) {
      expect(readUnderpriced(message), message).to.deep.equal({ of: "price", least: undefined, replaces: true });
    }
  });

  it("leaves other refusals alone", () => {
    for (const message of [
      "nonce too low: next nonce 5, tx nonce 4",
      "intrinsic gas too low: have 20000, want 21000",
      "insufficient funds for gas * price + value: balance 1, tx cost 2",
      "exceeds block gas limit",
      "tx fee (1.20 ether) exceeds the configured cap (1.00 ether)",
      "max priority fee per gas higher than max fee per gas: address 0x00, maxPriorityFeePerGas: 2, maxFeePerGas: 1",
      "already known",
      "execution reverted: fee too low",
      "User rejected the request.",
      "fetch failed",
      "header not found",
    ]) {
      expect(readUnderpriced(message), message).to.equal(undefined);
    }
  });
});
