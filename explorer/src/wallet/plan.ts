import type { Address, Hex } from "viem";
import type { TypedData } from "#client/signing/permit.ts";

/** A transaction that is to be sent. */
export interface SendStep {
  /** What it does, in words. */
  does: string;
  to: Address;
  /** What is called; where a message is signed before it, by its signature. */
  data: Hex | ((signature: Hex) => Hex);
  value?: bigint;
  /** How much gas it takes at most, where only the steps before it make it possible to try. */
  gasLater?: bigint;
}

/** A message that is to be signed; it costs nothing. */
export interface SignStep {
  does: string;
  message: TypedData;
}

export type Step = SendStep | SignStep;

export const isSend = (step: Step): step is SendStep => "to" in step;

/** What is to be done, as it was found out before anything is signed. */
export interface Plan {
  /** In words, without a full stop. */
  title: string;
  steps: Step[];
  /** What to tell beside what the steps do. */
  notes?: string[];
  /** What to be careful of. */
  warnings?: string[];
  /** What becomes of the last message that was signed. */
  onSigned?: (signature: Hex) => void;
}
