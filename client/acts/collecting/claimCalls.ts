import { type Address, decodeFunctionData, type Hex, isAddressEqual } from "viem";
import { ledgerAbi, outletsAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";

/** One call of a claim plan. */
export interface ClaimCall {
  /** The releases to settle first. */
  releases: readonly number[];
  /** The assets to claim for; undefined in a call that claims for none. */
  assets: readonly number[] | undefined;
  /**
   * The amount to withdraw, in base units; undefined in a call that only settles, that claims straight to a wallet, or that
   * has an outlet pass on.
   */
  withdraws: bigint | undefined;
  gas: bigint;
}

/** One call of a claim plan, in the form that an indexer returns. */
export interface IndexerClaimCall {
  to: string;
  data: string;
  gas: number;
}

/** An outlet whose money a plan brings to its account. */
export interface ClaimOutlet {
  address: Address;
  /** The account that it passes everything on to. */
  account: Address;
  /** The contract that opens outlets, checked to lead from this outlet to this account. */
  outlets: Address;
}

interface Claimant {
  ledger: Address;
  /** The account that holds the shares. */
  account: Address;
  currency: Address;
  /** Given if the account is an outlet. It cannot call, so then only `settle` and `pass` are accepted. */
  outlet?: ClaimOutlet | undefined;
  /** The amount that the indexer says all calls pay, in base units. */
  pays: bigint;
}

/**
 * Decodes the calls of an indexer's claim plan and checks them, because they will be signed.
 *
 * @throws {UserError} if there is any other call than the ledger's `settle`, `collect` to the account, `withdraw` to the
 * account, or a `multicall` of `settle`, `claimToCredit` of the account and `withdraw` to the account, in this order; for
 * an outlet, than `settle` and `pass` to its account; or if the calls withdraw more than they are said to pay, or claim
 * for an asset twice.
 */
export function readClaimCalls(claimant: Claimant, calls: readonly IndexerClaimCall[]): ClaimCall[] {
  const { outlet } = claimant;
  const decoded = calls.map((call) =>
    outlet ? readOutletCall(claimant, outlet, call) : readClaimCall(claimant, call),
  );
  const withdrawn = decoded.reduce((sum, { withdraws = 0n }) => sum + withdraws, 0n);
  if (withdrawn > claimant.pays) throw refused();
  // The second claim for an asset brings nothing, and what it is said to bring would be withdrawn from other credit.
  const assets = decoded.flatMap((call) => call.assets ?? []);
  if (new Set(assets).size !== assets.length) throw refused();
  return decoded;
}

function readOutletCall(claimant: Claimant, outlet: ClaimOutlet, call: IndexerClaimCall): ClaimCall {
  const { ledger, currency } = claimant;
  const data = call.data as Hex;
  if (isAddressEqual(call.to as Address, ledger) && decode(data)?.functionName === "settle") {
    return readClaimCall(claimant, call);
  }
  const passes = isAddressEqual(call.to as Address, outlet.outlets) ? decodePass(data) : undefined;
  if (passes?.functionName !== "pass") throw refused();
  const [account, assets, token] = passes.args;
  if (!isAddressEqual(account, outlet.account) || !isAddressEqual(token, currency)) throw refused();
  return { releases: [], assets, withdraws: undefined, gas: BigInt(call.gas) };
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

function decodePass(data: Hex) {
  try {
    return decodeFunctionData({ abi: outletsAbi, data });
  } catch {
    return undefined;
  }
}

function decode(data: Hex) {
  try {
    return decodeFunctionData({ abi: ledgerAbi, data });
  } catch {
    return undefined;
  }
}
