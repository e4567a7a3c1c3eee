import { type Address, decodeFunctionData, type Hex, isAddressEqual } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";

/** One call of a claim plan. */
export interface ClaimCall {
  /** The releases to settle first. */
  releases: readonly number[];
  /** The assets to claim for; undefined in a call that claims for none. */
  assets: readonly number[] | undefined;
  /** The amount to withdraw, in base units; undefined in a call that only settles, or that claims straight to a wallet. */
  withdraws: bigint | undefined;
  gas: bigint;
}

/** One call of a claim plan, in the form that an indexer returns. */
export interface IndexerClaimCall {
  to: string;
  data: string;
  gas: number;
}

interface Claimant {
  ledger: Address;
  account: Address;
  currency: Address;
  /** The amount that the indexer says all calls pay, in base units. */
  pays: bigint;
}

/**
 * Decodes the calls of an indexer's claim plan and checks them, because they will be signed.
 *
 * @throws {UserError} if there is any other call than the ledger's `settle`, `collect` to the account, `withdraw` to the
 * account, or a `multicall` of `settle`, `claimToCredit` of the account and `withdraw` to the account, in this order;
 * or if the calls withdraw more than they are said to pay, or claim for an asset twice.
 */
export function readClaimCalls(claimant: Claimant, calls: readonly IndexerClaimCall[]): ClaimCall[] {
  const decoded = calls.map((call) => readClaimCall(claimant, call));
  const withdrawn = decoded.reduce((sum, { withdraws = 0n }) => sum + withdraws, 0n);
  if (withdrawn > claimant.pays) throw refused();
  // The second claim for an asset brings nothing, and what it is said to bring would be withdrawn from other credit.
  const assets = decoded.flatMap((call) => call.assets ?? []);
  if (new Set(assets).size !== assets.length) throw refused();
  return decoded;
}

/** Places of the parts of a multicall. Each occurs at most once, and after those before it. */
const PARTS = ["settle", "claimToCredit", "withdraw"] as const;

function readClaimCall({ ledger, account, currency }: Claimant, { to, data, gas: given }: IndexerClaimCall): ClaimCall {
  const gas = BigInt(given);
  const call = isAddressEqual(to as Address, ledger) ? decode(data as Hex) : undefined;
  if (call?.functionName === "collect") {
    const [releases, assets, paidIn, recipient] = call.args;
    if (!isAddressEqual(paidIn, currency) || !isAddressEqual(recipient, account)) throw refused();
    return { releases, assets, withdraws: undefined, gas };
  }
  const read: ClaimCall = { releases: [], assets: undefined, withdraws: undefined, gas };
  let last = -1;
  for (const part of call?.functionName === "multicall" ? call.args[0].map(decode) : [call]) {
    const place = PARTS.findIndex((each) => each === part?.functionName);
    if (place <= last) throw refused();
    last = place;
    if (part?.functionName === "settle" && isAddressEqual(part.args[1], currency)) {
      read.releases = part.args[0];
    } else if (
      part?.functionName === "claimToCredit" &&
      isAddressEqual(part.args[0], account) &&
      isAddressEqual(part.args[2], currency)
    ) {
      read.assets = part.args[1];
    } else if (
      part?.functionName === "withdraw" &&
      isAddressEqual(part.args[0], currency) &&
      isAddressEqual(part.args[2], account)
    ) {
      read.withdraws = part.args[1];
    } else throw refused();
  }
  // A claim to credit must be withdrawn, or it would be forgotten there.
  if (last === -1 || (read.assets !== undefined && read.withdraws === undefined)) throw refused();
  return read;
}

const refused = () =>
  new UserError(
    "The indexer's claim plan contains a call that neither settles nor collects for this account, that withdraws more than the plan shows, or that claims what another one has claimed. Do not sign. Use another indexer.",
  );

function decode(data: Hex) {
  try {
    return decodeFunctionData({ abi: ledgerAbi, data });
  } catch {
    return undefined;
  }
}
