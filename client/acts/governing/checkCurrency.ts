import {
  type Address,
  encodeFunctionData,
  type Hex,
  isAddressEqual,
  keccak256,
  parseAbi,
  toBytes,
  zeroAddress,
} from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { MAX_CURRENCIES } from "#protocol/limits.ts";
import type { Currency } from "#protocol/money.ts";
import { searchForm } from "#protocol/texts/nameForms.ts";
import { printable } from "#protocol/texts/printable.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { ifAnswered } from "../../errors/ifAnswered.ts";
import { refusalFor } from "../../errors/refusal.ts";

const MAX_SUPPLY = 2n ** 96n - 1n;
/** The registry in which ERC-777 tokens tell what they are. Source: https://eips.ethereum.org/EIPS/eip-1820 */
const ERC1820: Address = "0x1820a4B7618BdE71Dce8cdc73aAB6C95905faD24";
const erc1820Abi = parseAbi(["function getInterfaceImplementer(address, bytes32) view returns (address)"]);
const ERC777_TOKEN = keccak256(toBytes("ERC777Token"));
/** The slot with the code's address of an upgradeable contract. Source: https://eips.ethereum.org/EIPS/eip-1967 */
const IMPLEMENTATION_SLOT: Hex = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";

export interface CheckedCurrency {
  currency: Currency;
  warnings: string[];
}

/**
 * Checks everything about a token that can be checked before it is admitted, for ever.
 *
 * @throws {UserError} if the ledger would refuse it, or if it breaks a rule of admission.
 */
export async function checkCurrency(chain: Chain, address: Address): Promise<CheckedCurrency> {
  const { client, ledger } = chain;
  const [admitted, isAdmitted] = await Promise.all([chain.currencies(), ledger.read.isAdmitted([address])]);
  if (isAdmitted) throw refusalFor("CurrencyAlreadyAdmitted", { currency: address });
  if (admitted.length >= MAX_CURRENCIES) throw refusalFor("TooManyCurrencies", {});
  const code = await client.getCode({ address });
  if (code === undefined || code === "0x") {
    throw new UserError(
      `There is no contract at ${address} on this chain, so it is no token. Check the address and the network.`,
    );
  }
  const token = chain.token(address);
  const [supply, decimals, symbol] = await Promise.all([
    ifAnswered(token.read.totalSupply()),
    ifAnswered(token.read.decimals()),
    ifAnswered(token.read.symbol()),
  ]);
  const missing = [
    supply === undefined && "totalSupply()",
    decimals === undefined && "decimals()",
    symbol === undefined && "symbol()",
  ].filter((each) => each !== false);
  if (supply === undefined || decimals === undefined || symbol === undefined) {
    throw new UserError(
      `The contract at ${address} does not answer ${missing.join(" and ")}, so the ledger refuses it as a currency. Name an ERC-20 token with these functions.`,
    );
  }
  if (supply > MAX_SUPPLY) {
    throw new UserError(
      `The total supply of ${address} is ${supply} base units. The ledger takes only tokens with less than 2^96. Name another token.`,
    );
  }
  if (await isErc777(chain, address)) {
    throw new UserError(
      `The token ${address} is an ERC-777: it calls senders and recipients back, which the rules of admission forbid. Name another token.`,
    );
  }
  const currency = { address, symbol: printable(symbol), decimals };
  return { currency, warnings: [...(await warningsAbout(chain, currency, supply)), NOT_CHECKED] };
}

const NOT_CHECKED =
  "Nobody can check by a call that the token never charges a fee on transfers, changes balances by itself, calls recipients, can freeze or move the ledger's balance, or will be minted up to 2^96. Read its source code. An admitted currency can never be removed.";

async function warningsAbout(chain: Chain, { address, symbol, decimals }: Currency, supply: bigint): Promise<string[]> {
  const { client } = chain;
  const admitted = await chain.currencies();
  const slot = await client.getStorageAt({ address, slot: IMPLEMENTATION_SLOT }).catch(() => undefined);
  const alike = admitted.find((each) => searchForm(each.symbol) === searchForm(symbol));
  const left = MAX_CURRENCIES - admitted.length - 1;
  return [
    alike &&
      !isAddressEqual(alike.address, address) &&
      `The currency ${alike.address} has the same symbol, ${alike.symbol}. People will take one for the other.`,
    slot !== undefined &&
      BigInt(slot) !== 0n &&
      `The token's code can be replaced by its issuer (ERC-1967). What is true of it now need not stay true.`,
    decimals > 18 && `The token has ${decimals} decimals. Amounts of it will be hard to read.`,
    supply === 0n && "The token's total supply is 0: nobody has any of it yet.",
    left === 0 && `This is the last currency that the ledger can ever admit (${MAX_CURRENCIES}).`,
  ].filter((each): each is string => typeof each === "string");
}

async function isErc777({ client }: Chain, token: Address): Promise<boolean> {
  const implementer = await ifAnswered(
    client.readContract({
      address: ERC1820,
      abi: erc1820Abi,
      functionName: "getInterfaceImplementer",
      args: [token, ERC777_TOKEN],
    }),
  );
  return implementer !== undefined && implementer !== zeroAddress;
}

/** Returns the call that admits a currency. */
export const admissionOf = ({ deployment }: Chain, currency: Address) => ({
  target: deployment.ledger,
  value: 0n,
  data: encodeFunctionData({ abi: ledgerAbi, functionName: "admit", args: [currency] }),
});
