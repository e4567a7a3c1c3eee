import { expect } from "chai";
import {
  createPublicClient,
  custom,
  encodeAbiParameters,
  encodeFunctionResult,
  erc20Abi,
  toFunctionSelector,
} from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { Chain } from "./chain.ts";

const TOKEN = `0x${"12".repeat(20)}` as const;
const LEDGER = `0x${"34".repeat(20)}` as const;
const DECIMALS = toFunctionSelector("decimals()");
const SYMBOL = toFunctionSelector("symbol()");

const nodeError = (code: number, message: string) => Object.assign(new Error(message), { code });
const symbol = encodeFunctionResult({ abi: erc20Abi, functionName: "symbol", result: "USDC" });
const decimals = encodeAbiParameters([{ type: "uint8" }], [6]);
const currencies = encodeFunctionResult({ abi: ledgerAbi, functionName: "currencies", result: [TOKEN] });

/** A chain whose ledger admits one token; `decimalsOf` answers for the token's decimals. */
function chainWith(decimalsOf: () => string) {
  const request = async ({ params }: { params?: unknown }) => {
    const [{ data }] = params as [{ data: string }];
    if (data === DECIMALS) return decimalsOf();
    return data === SYMBOL ? symbol : currencies;
  };
  const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) });
  return new Chain({ client, deployment: { chainId: 1, registry: LEDGER, ledger: LEDGER, periphery: {} } });
}

describe("the currencies of a chain", () => {
  it("never have other decimals because a request failed, and are read again at the next use", async () => {
    for (const error of [
      nodeError(-32_016, "over rate limit"),
      nodeError(-32_603, "Internal error"),
      nodeError(-32_000, "header not found"),
      new TypeError("fetch failed"),
    ]) {
      let failures = 1;
      const chain = chainWith(() => {
        if (failures-- > 0) throw error;
        return decimals;
      });
      const failure = await chain.currencies().catch((thrown: unknown) => thrown);
      expect(failure, error.message).to.be.instanceOf(Error);
      expect(await chain.currencies()).to.deep.equal([{ address: TOKEN, symbol: "USDC", decimals: 6 }]);
    }
  });

  it("count as without decimals if the token refuses to say", async () => {
    for (const answer of [
      () => "0x",
      () => {
        throw nodeError(3, "execution reverted");
      },
    ]) {
      expect(await chainWith(answer).unitOf(TOKEN)).to.include({ symbol: "USDC", decimals: 0 });
    }
  });
});
