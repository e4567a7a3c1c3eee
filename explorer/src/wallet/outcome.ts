import { isAddressEqual, type Log, parseEventLogs } from "viem";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import { countText } from "#client/acts/collecting/countText.ts";
import { sharesText } from "#client/parsing/allocations.ts";
import { amountText } from "#protocol/money.ts";
import { href } from "../router.ts";
import type { Outcome } from "./jobs.ts";
import type { OnChain } from "./onChain.ts";

const CONTRACTS = ["registry", "ledger"] as const;
const abi = [...registryAbi, ...ledgerAbi];

/** Describes the outcomes of a transaction, read from its logs. */
export function outcomesOf({ deployment }: OnChain, logs: readonly Log[]): Outcome[] {
  const ownLogs = logs.filter(({ address }) => CONTRACTS.some((name) => isAddressEqual(address, deployment[name])));
  const money = (amount: bigint, currency: string) => {
    const unit = deployment.currencies.find(({ address }) => address.toLowerCase() === currency.toLowerCase());
    return unit ? amountText(amount, unit) : `${amount} base units of ${currency}`;
  };
  const events = parseEventLogs({ abi, logs: ownLogs });
  // Collecting settles first, and passes claims through credit: its outcome is the claim.
  const hasClaim = events.some(({ eventName }) => eventName === "Claimed");
  const newAssets = new Set(events.flatMap((each) => (each.eventName === "AssetRegistered" ? [each.args.asset] : [])));
  return events.flatMap((event): Outcome[] => {
    switch (event.eventName) {
      case "FeePaid": {
        const { release, amount, currency } = event.args;
        return [
          { says: `Release ${release} received ${money(amount, currency)}.`, href: href(`/releases/${release}`) },
        ];
      }
      case "Claimed": {
        const { to, amount, currency } = event.args;
        return [{ says: `${to} received ${money(amount, currency)}.`, href: href(`/accounts/${to.toLowerCase()}`) }];
      }
      case "Deposited": {
        const { account, amount, currency } = event.args;
        if (hasClaim) return [];
        return [
          {
            says: `${account} got ${money(amount, currency)} of credit.`,
            href: href(`/accounts/${account.toLowerCase()}`),
          },
        ];
      }
      case "Withdrawn": {
        const { to, amount, currency } = event.args;
        if (hasClaim) return [];
        return [
          {
            says: `${to} received ${money(amount, currency)} from credit.`,
            href: href(`/accounts/${to.toLowerCase()}`),
          },
        ];
      }
      case "Settled": {
        const { releases, currency } = event.args;
        if (hasClaim) return [];
        const unit = deployment.currencies.find(({ address }) => address.toLowerCase() === currency.toLowerCase());
        return [{ says: `Settled ${countText(releases.length, "release")} in ${unit?.symbol ?? currency}.` }];
      }
      case "MetadataChanged": {
        const { asset } = event.args;
        return [{ says: `The metadata of asset ${asset} is replaced.`, href: href(`/assets/${asset}`) }];
      }
      case "IdentityBound": {
        const { asset, identity } = event.args;
        return [{ says: `Agent ${asset} is bound to identity ${identity}.`, href: href(`/assets/${asset}`) }];
      }
      case "Transfer": {
        const { from, to, tokenId } = event.args;
        // A transfer from the zero address is the registration.
        if (BigInt(from) === 0n) return [];
        return [{ says: `Asset ${tokenId} belongs to ${to}.`, href: href(`/assets/${tokenId}`) }];
      }
      case "AssetRegistered": {
        const { asset } = event.args;
        return [{ says: `Registered as asset ${asset}.`, href: href(`/assets/${asset}`) }];
      }
      case "ReleasePublished": {
        const { release } = event.args;
        const subject = newAssets.has(release) ? "Its first release is" : "Published as";
        return [{ says: `${subject} release ${release}.`, href: href(`/releases/${release}`) }];
      }
      case "RetiredSet": {
        const { release, retired } = event.args;
        const says = retired ? `Release ${release} is retired.` : `Release ${release} can be built on again.`;
        return [{ says, href: href(`/releases/${release}`) }];
      }
      case "AccountGrantSet": {
        const { release, account, granted } = event.args;
        return [{ says: `${account} may ${granted ? "" : "no longer "}build on release ${release}.` }];
      }
      case "AssetGrantSet": {
        const { release, asset, granted } = event.args;
        return [{ says: `Releases of asset ${asset} may ${granted ? "" : "no longer "}build on release ${release}.` }];
      }
      case "TransferSingle": {
        const { from, to, id, value } = event.args;
        // A transfer from the zero address mints the shares of a new asset, which its registration reports.
        if (BigInt(from) === 0n) return [];
        return [
          {
            says: `${to} received ${value} shares of asset ${id} (${sharesText(value)}).`,
            href: href(`/assets/${id}`),
          },
        ];
      }
      default:
        return [];
    }
  });
}
