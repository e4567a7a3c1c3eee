import type { Address } from "viem";

/** The right or the money that an address is named for. */
export const PURPOSES = ["shares", "asset", "credit", "tokens", "native", "grant", "role"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** An ERC-721 token: its chain, its contract and its id. */
export interface TokenId {
  chainId: number;
  contract: Address;
  id: bigint;
}

/** The means by which an address can act, as far as the chain shows it. */
export type AddressKind =
  /** No code: an account with a key, or a contract that is not deployed yet. */
  | { kind: "account" }
  /** An account with a key that has delegated its code (EIP-7702). */
  | { kind: "delegated"; to: Address }
  /** A contract that answers as a contract wallet (ERC-1271). */
  | { kind: "wallet"; safe?: { threshold: number; owners: number } }
  /** An account of an ERC-721 token (ERC-6551). It acts as its token's owner wishes. */
  | { kind: "tokenAccount"; token: TokenId; owner: TokenOwner }
  /** A timelock, such as the one that is the deployment's admin. It acts by scheduled calls. */
  | { kind: "timelock" }
  /** Any other contract. It may have no function that acts. */
  | { kind: "contract" }
  | { kind: "inlet"; release: number; exists: boolean }
  | { kind: "outlet"; of: Address }
  /** An address with which nobody can act. `is` completes the sentence "It is …". */
  | { kind: "deadEnd"; is: string };

/** The end of the chain of owners of a token account. */
export type TokenOwner =
  /** An account or a contract outside the chain of token accounts. */
  | { end: "owner"; address: Address; kind: AddressKind }
  /** The token is on another chain. */
  | { end: "elsewhere" }
  | { end: "noToken" }
  | { end: "circle" }
  /** The chain is longer than is followed. */
  | { end: "tooLong" };

/** A rule's answer: safe, possibly lost, or lost for certain. */
export type Verdict = "ok" | "warn" | "refuse";

/** An address and the right or the money that it is named for. */
export interface Recipient {
  address: Address;
  purpose: Purpose;
  /** The asset whose shares or ownership it gets; undefined if the asset does not exist yet. */
  asset?: number | undefined;
  /** The owner that a new asset will have. Default: none is known. */
  assetOwner?: Address | undefined;
}

/** The judgement of a recipient. */
export interface Assessment extends Recipient {
  found: AddressKind;
  verdict: Verdict;
  /** Reason and remedy, in full sentences; empty if the verdict is "ok". */
  message: string;
  /** The outlet to name instead, if that helps and the deployment has outlets. */
  outlet: Address | undefined;
}
