import { expect } from "chai";
import { createPublicClient, custom, http, parseGwei } from "viem";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { placeGasPriceOracle } from "../../test/support/deploy/placeToken.ts";
import { costOf, GAS_PRICE_ORACLE, readGasPrice, readRollupFees } from "./cost.ts";
import { Prices } from "./prices.ts";

/** A client of a node that has the given methods only. */
const clientOf = (methods: Record<string, unknown>) =>
  createPublicClient({
    transport: custom(
      {
        request: ({ method }) =>
          method in methods
            ? Promise.resolve(methods[method])
            : Promise.reject(Object.assign(new Error(`${method} does not exist`), { code: -32_601 })),
      },
      { retryCount: 0 },
    ),
  });
const hex = (gwei: number) => `0x${parseGwei(String(gwei)).toString(16)}`;
const block = (baseFee?: number) => ({
  eth_getBlockByNumber: {
    number: "0x1",
    transactions: [],
    ...(baseFee !== undefined && { baseFeePerGas: hex(baseFee) }),
  },
});
const tipOf = async (methods: Record<string, unknown>) => {
  const { offer } = await readGasPrice(clientOf({ ...block(10), ...methods }));
  return "gasPrice" in offer ? undefined : offer.maxPriorityFeePerGas;
};

describe("readGasPrice", () => {
  it("asks for a suggestion, then for the last blocks' tips, then for the price", async () => {
    const history = { reward: [["0x0"], [hex(3)], [hex(2)], [hex(9)], ["0x0"]] };
    const [eth_feeHistory, eth_gasPrice] = [history, hex(11)];
    expect(await tipOf({ eth_maxPriorityFeePerGas: hex(5), eth_feeHistory, eth_gasPrice })).to.equal(parseGwei("5"));
    expect(await tipOf({ eth_maxPriorityFeePerGas: "0x0", eth_feeHistory, eth_gasPrice })).to.equal(0n);
    expect(await tipOf({ eth_feeHistory, eth_gasPrice })).to.equal(parseGwei("3"));
    expect(await tipOf({ eth_feeHistory: { reward: [["0x0"], ["0x0"]] }, eth_gasPrice })).to.equal(parseGwei("1"));
    expect(await tipOf({ eth_feeHistory: {}, eth_gasPrice: hex(4) })).to.equal(0n);
    expect(await tipOf({ eth_gasPrice })).to.equal(parseGwei("1"));
  });

  it("offers one price on a chain without EIP-1559", async () => {
    const price = await readGasPrice(clientOf({ ...block(), eth_gasPrice: hex(7) }));
    expect(price).to.deep.equal({ now: parseGwei("7"), most: parseGwei("7"), offer: { gasPrice: parseGwei("7") } });
  });

  it("keeps to the network's rule", async () => {
    const client = clientOf({ ...block(1), eth_maxPriorityFeePerGas: hex(1.5) });
    for (const chainId of [137, 80_002]) {
      expect((await readGasPrice(client, new Prices(chainId))).offer).to.deep.equal({
        maxFeePerGas: parseGwei("27"),
        maxPriorityFeePerGas: parseGwei("25"),
      });
    }
  });
});

describe("the fees of an OP-stack rollup", () => {
  let chain: LocalChain;
  before(async () => {
    chain = await startLocalChain();
  });
  after(() => chain.close());
  const call = { to: GAS_PRICE_ORACLE, data: "0x12" } as const;
  const offer = { maxFeePerGas: 2n, maxPriorityFeePerGas: 1n };
  const fees = () => readRollupFees(createPublicClient({ transport: http(chain.url) }), call, 100n, offer);

  it("are nothing on other chains", async () => {
    expect(await fees()).to.deep.equal({ l1Fee: 0n, operatorFee: 0n });
  });

  it("are the L1 data fee, and the operator fee where the oracle has one", async () => {
    await placeGasPriceOracle(chain.ethers.provider, { l1Fee: 7n });
    expect(await fees()).to.deep.equal({ l1Fee: 7n, operatorFee: 0n });
    await placeGasPriceOracle(chain.ethers.provider, { l1Fee: 7n, operatorFee: 11n });
    expect(await fees()).to.deep.equal({ l1Fee: 7n, operatorFee: 11n });
    const client = createPublicClient({ transport: http(chain.url) });
    const cost = await costOf(client, call, 100n, { now: 1n, most: 2n, offer });
    expect(cost).to.deep.equal({ gas: 100n, costWei: 118n, mostWei: 218n });
  });
});
