import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import pc from "picocolors";
import { type Address, formatUnits } from "viem";
import { claimPlans } from "../../indexer/graph/plans/claimPlans.ts";
import type { Indexer } from "../../indexer/live/indexer.ts";
import { finish } from "../../indexer/scheduling/walk.ts";
import type { FeeLedger } from "../../types/ethers-contracts/FeeLedger.ts";
import type { LocalCurrency } from "../../types/ethers-contracts/doubles/LocalCurrency.ts";
import type { LocalOwners } from "../import/owners.ts";

export interface SettleAndClaimParameters {
  indexer: Indexer;
  ledger: FeeLedger;
  dollar: LocalCurrency;
  owners: LocalOwners;
  /** An account that has still to be left something to collect. */
  except: string;
  deployer: HardhatEthersSigner;
}

/** Settles and claims for the account that can collect most, by the indexer's plan. Returns that account. */
export async function settleAndClaim(parameters: SettleAndClaimParameters): Promise<string> {
  const { indexer, ledger, dollar, owners, except, deployer } = parameters;
  const currency = (await dollar.getAddress()).toLowerCase();
  const plans = [...owners.wallets]
    .filter(([account]) => account !== except.toLowerCase())
    .flatMap(([account, wallet]) =>
      finish(claimPlans(indexer.state, account as Address))
        .filter((plan) => plan.currency === currency)
        .map((plan) => ({ account, wallet, plan })),
    );
  const [most] = plans.sort((a, b) => (b.plan.amount > a.plan.amount ? 1 : -1));
  if (!most) throw new Error("No account has anything to collect.");
  const { account, wallet, plan } = most;
  const organization = indexer.state.assets.get(plan.assets[0] ?? 0)?.organization ?? account;

  const { provider } = deployer;
  await (await deployer.sendTransaction({ to: account, value: 10n ** 18n })).wait();
  await (await ledger.connect(deployer).settle(plan.releases, dollar)).wait();
  await (await ledger.connect(wallet.connect(provider)).claim(plan.assets, dollar, account)).wait();
  const balance = await dollar.balanceOf(account);
  const { decimals, symbol } = indexer.state.currencies.get(currency as Address) ?? { decimals: 0, symbol: "" };
  console.log(
    [
      pc.bold(`Settled and claimed for ${organization} (${wallet.address})`),
      `  Settled ${plan.releases.length} releases and claimed for ${plan.assets.length} assets. It received ${formatUnits(balance, decimals)} ${symbol}.`,
      `  The indexer had computed ${formatUnits(plan.amount, decimals)} ${symbol}: ${balance === plan.amount ? "equal to the base unit" : "NOT EQUAL"}.`,
    ].join("\n"),
  );
  if (balance !== plan.amount) throw new Error("The indexer and the ledger differ.");
  return account;
}
