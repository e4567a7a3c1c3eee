import type { Hex } from "viem";
import type { ContractEvent } from "#protocol/events.ts";
import type { Question } from "../query/question.ts";
import type { Walk } from "../scheduling/walk.ts";
import type { BookFold } from "./fold.ts";

/** A question to one of the contracts, and the answer that the state expects. */
export interface Expectation {
  /** In words, such as `flow of release 7 in 0x…`. */
  what: string;
  /** Its name in the deployment. It has OpenZeppelin's `multicall`. */
  contract: string;
  call: Hex;
  /** Writes the contract's answer in the same way as `expected`. */
  read: (answer: Hex) => string;
  expected: string;
}

/** All that the indexer knows of some contracts, in one folder: see `docs/architecture.md`. */
export interface Book<State extends object = object, Event = ContractEvent> extends BookFold<State, Event> {
  /**
   * Lists what the contracts can be asked about the state. Left out where logs are all that there is to compare.
   *
   * @param included Chooses.
   */
  expectations?(state: State, included: () => boolean): Walk<Expectation[]>;
  /** Estimates how many expectations a state gives rise to. */
  expectationCount?(state: State): number;
  questions: readonly Question[];
}
