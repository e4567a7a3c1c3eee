import type { Address } from "viem";
import type { LedgerState } from "../../ledger/state.ts";
import type { PlannedSettlement } from "./settlement.ts";

export interface ClaimPlanOptions {
  /** Only the shares of these assets. Default: all. */
  assets?: ReadonlySet<number>;
  /** True to plan everything that brings a base unit, whatever it costs. Default: false. */
  all?: boolean;
  /** True to withdraw all credit, prepaid credit too. Default: false. */
  credit?: boolean;
  /** The costs of transactions. Default: not known. */
  costs?: TransactionCosts;
  /** The price of a whole unit of each currency, in wei. */
  prices?: ReadonlyMap<Address, bigint>;
  /** The way by which the holder is paid, if it is an outlet. Default: it calls the ledger itself. */
  outlet?: OutletRoute | undefined;
}

/** The way of money that an outlet earns. Anyone can send the calls, and all credit of the outlet goes with them. */
export interface OutletRoute {
  /** The contract that opens outlets and has them pass on. */
  outlets: Address;
  /** The account that the outlet passes everything on to. */
  account: Address;
  /** False if the first call has to deploy the outlet. */
  isOpen: boolean;
}

/** The costs of transactions, in wei. */
export interface TransactionCosts {
  gasPrice: bigint;
  /** For each byte of a transaction's data, such as a rollup's L1 data fee. Default: 0. */
  byte?: bigint;
  /** For each transaction, such as the constant of an operator fee. Default: 0. */
  transaction?: bigint;
}

/** Why something is left out of a plan. */
export type LeftOutReason = "gas" | "average" | "transaction";

/** An asset to claim for, or a release to settle, that a plan leaves out. */
export interface LeftOut {
  asset: number;
  /** Undefined if the whole asset is left out. */
  release: number | undefined;
  /** The amount that it would bring the account, in base units. */
  amount: bigint;
  /** The gas that it would add. */
  gas: number;
  reason: LeftOutReason;
  isGift: boolean;
}

/** The amount that a plan claims for one asset. */
export interface PlannedClaim {
  asset: number;
  /** Base units. */
  amount: bigint;
  isGift: boolean;
}

/** The steps in one currency by which an account gets what it is owed. */
export interface ClaimPlan extends PlannedSettlement {
  currency: Address;
  /** The assets that pay something after settling, by descending worth. */
  claims: PlannedClaim[];
  /** Their ids, ascending. */
  assets: number[];
  /** The part of the account's credit that the plan withdraws, in base units. */
  fromCredit: bigint;
  /** The amount that the calls pay, in base units: the claims, and what is withdrawn from credit. */
  amount: bigint;
  leftOut: LeftOut[];
}

/** The amounts that an account can claim for one asset in one currency. */
export interface Entitlement {
  asset: number;
  holding: number;
  now: bigint;
  afterSettling: bigint;
  isGift: boolean;
}

/** The claims and the credit of an account in one currency. */
export interface Owed {
  state: LedgerState;
  holder: Address;
  currency: Address;
  entitlements: readonly Entitlement[];
  fromCredit: bigint;
  outlet: OutletRoute | undefined;
}
