import { type Address, encodeFunctionData, numberToHex, parseUnits } from "viem";
import { type Currency, exactText } from "#protocol/money.ts";
import { networkOf } from "#protocol/networks/networks.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { isDevelopmentChain } from "../../chain/developmentChain.ts";
import type { CallStep, Plan } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import { isMintable, mintAbi } from "./mintable.ts";

/** Whole units that the faucet mints. */
export const FAUCET_AMOUNT = 1_000;
/** Native money that an account without any gets on a development chain, in wei. */
const GAS_MONEY = 10n ** 19n;

export interface FaucetParameters {
  /** The account that gets the money. */
  to: Address;
  /** Default: every admitted currency that lets anyone mint. */
  currency?: Currency | undefined;
  /** Base units. Default: {@link FAUCET_AMOUNT} whole units. */
  amount?: bigint | undefined;
}

export interface FaucetPlan extends Plan {
  /** The money that is minted. */
  mints: { currency: Currency; amount: bigint }[];
  /** Native money that is sent along, in wei; 0 for none. */
  native: bigint;
}

/**
 * Plans to mint test money, where a currency lets anyone mint it. On a development chain an account without native money gets
 * some from the account that signs.
 *
 * @throws {UserError} if no currency, or not this one, lets anyone mint; or if `to` is a dead end.
 */
export async function faucet(
  chain: Chain,
  account: Address,
  { to, currency, amount }: FaucetParameters,
): Promise<FaucetPlan> {
  const warnings = await checkRecipients(chain, account, [{ address: to, purpose: "tokens" }]);
  const mintable = currency ? [currency] : await mintableCurrencies(chain, to);
  const mints = mintable.map((each) => ({ currency: each, amount: amount ?? faucetAmount(each) }));
  if (currency) await requireMintable(chain, currency, to, amount ?? faucetAmount(currency));
  else if (mints.length === 0) throw new UserError(await noTestMoney(chain));
  const steps: CallStep[] = mints.map((mint) => ({
    does: `Mint ${exactText(mint.amount, mint.currency)} of test money for ${to}.`,
    to: mint.currency.address,
    data: encodeFunctionData({ abi: mintAbi, functionName: "mint", args: [to, mint.amount] }),
  }));
  const native = to !== account && (await needsGasMoney(chain, to)) ? GAS_MONEY : 0n;
  if (native > 0n) {
    const does = `Send ${exactText(native, chain.native)} to ${to}, which has none, for gas.`;
    steps.push({ does, to, data: "0x", value: native });
  }
  return { title: "Get test money", steps, warnings, mints, native };
}

/** Returns the admitted currencies that let anyone mint. */
export async function mintableCurrencies(chain: Chain, to: Address): Promise<Currency[]> {
  const all = await chain.currencies();
  const answers = await Promise.all(
    all.map((each) => isMintable(chain.client, { currency: each.address, to, amount: faucetAmount(each) })),
  );
  return all.filter((_, i) => answers[i]);
}

/** Returns the amount that the faucet mints by default, in base units. */
export const faucetAmount = ({ decimals }: Pick<Currency, "decimals">): bigint =>
  parseUnits(String(FAUCET_AMOUNT), decimals);

/** Returns true on a development chain for an account that has no native money. */
export async function needsGasMoney({ client, chainId }: Chain, account: Address): Promise<boolean> {
  if ((await client.getBalance({ address: account })) > 0n) return false;
  return isDevelopmentChain(chainId, (method, params) => client.request({ method, params } as never));
}

/**
 * Sets the native money of an account on a development chain, where nobody has to send it.
 *
 * @param request Sends a request of JSON-RPC to the node itself: wallets do not forward this one.
 * @returns the amount, in wei.
 */
export async function giveGasMoney(
  account: Address,
  request: (method: string, params: unknown[]) => Promise<unknown>,
): Promise<bigint> {
  await request("hardhat_setBalance", [account, numberToHex(GAS_MONEY)]);
  return GAS_MONEY;
}

async function requireMintable(chain: Chain, currency: Currency, to: Address, amount: bigint): Promise<void> {
  if (await isMintable(chain.client, { currency: currency.address, to, amount })) return;
  const wrapped = await chain.wrappedNative();
  const remedy =
    wrapped?.address === currency.address
      ? `${currency.symbol} wraps ${chain.native.symbol}: pay with native money instead`
      : "Get it from its issuer, or name another currency";
  throw new UserError(`${currency.symbol} (${currency.address}) does not let anyone mint it. ${remedy}.`);
}

async function noTestMoney(chain: Chain): Promise<string> {
  const symbols = (await chain.currencies()).map(({ symbol }) => symbol).join(", ") || "none";
  const site = networkOf(chain.chainId)?.faucet;
  const remedy = site === undefined ? "Get money from the issuers" : `${site} gives ${chain.native.symbol}`;
  return `No currency of this ledger lets anyone mint it (${symbols}), so there is no test money here. ${remedy}.`;
}
