import type { Address, Hex } from "viem";
import type { TypedData } from "../signing/typedData.ts";

/** A transaction to send. */
export interface SendStep {
  /** A sentence that describes the transaction. */
  does: string;
  to: Address;
  /** The call's data; a function of the signature if a message is signed just before. Then `gasLater` is required. */
  data: Hex | ((signature: Hex) => Hex);
  value?: bigint;
  /** Upper bound of its gas, if it can only be simulated after the steps before it. */
  gasLater?: bigint;
}

/** A transaction that needs no signed message. */
export type CallStep = SendStep & { data: Hex };

/** A message to sign. Signing costs nothing. */
export interface SignStep {
  does: string;
  message: TypedData;
  /** Checks the signature as the contracts will. Throws a `SignatureRefusal` if they would refuse it. */
  check?: (signature: Hex) => Promise<void>;
  /** Plans the same act without this message, for accounts that cannot sign it. */
  otherwise?: () => Promise<Plan>;
}

export type Step = SendStep | SignStep;

export const isSend = (step: Step): step is SendStep => "to" in step;

/** The steps of an act, prepared before anything is signed. */
export interface Plan {
  /** A sentence without its full stop. */
  title: string;
  /** Empty if there is nothing to do; the notes then give the reason. */
  steps: Step[];
  /** Further sentences about the plan. */
  notes?: string[];
  /** Sentences about risks. */
  warnings?: string[];
  /** A file to write, with the text that the last signature gives. Without a signature (0x) it holds the message to sign. */
  file?: { name: string; text: (signature: Hex) => string };
}
