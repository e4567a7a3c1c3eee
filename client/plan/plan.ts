import type { Address, Hex } from "viem";
import type { TypedData } from "../signing/typedData.ts";

/** A transaction that is to be sent. */
export interface SendStep {
  /** A sentence that says what it does. */
  does: string;
  to: Address;
  /** The call; a function of the signature where a message is signed before it, which needs `gasLater`. */
  data: Hex | ((signature: Hex) => Hex);
  value?: bigint;
  /** The most gas that it takes, where it can only be tried after the steps before it. */
  gasLater?: bigint;
}

/** A transaction that waits for no signature. */
export type CallStep = SendStep & { data: Hex };

/** A message that is to be signed; it costs nothing. */
export interface SignStep {
  does: string;
  message: TypedData;
}

export type Step = SendStep | SignStep;

export const isSend = (step: Step): step is SendStep => "to" in step;

/** Steps that an act takes, found out before anything is signed. */
export interface Plan {
  /** A sentence without its full stop. */
  title: string;
  /** None if there is nothing to do; the notes say why. */
  steps: Step[];
  /** Sentences beside what the steps do. */
  notes?: string[];
  /** Hazards. */
  warnings?: string[];
  /** The file that the last signature makes. */
  file?: { name: string; text: (signature: Hex) => string };
}
