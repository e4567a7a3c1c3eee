import type { Hex } from "viem";
import type { ContractEvent } from "#protocol/events.ts";
import type { Question } from "../query/question.ts";
import type { Walk } from "../scheduling/walk.ts";
import type { BookFold } from "./fold.ts";

/** A call of one of the contracts, and the answer that the indexed state predicts. */
export interface Expectation {
  /** The call in words, such as `flow of release 7 in 0x…`. */
  what: string;
  /** The contract's name in the deployment. The contract must have OpenZeppelin's `multicall`. */
  contract: string;
  call: Hex;
  /** Formats the contract's answer in the same way as `expected`. */
  read: (answer: Hex) => string;
  expected: string;
}

/** One part of the indexer: everything about some contracts, in one folder. See `docs/architecture.md`. */
export interface Book<State extends object = object, Event = ContractEvent> extends BookFold<State, Event> {
  /**
   * Lists the calls that compare the state with the contracts. Leave it out if only logs can be compared.
   *
   * @param included Called for each expectation; returns false for one that a sample leaves out.
   */
  expectations?(state: State, included: () => boolean): Walk<Expectation[]>;
  /** Estimates the number of expectations of a state. */
  expectationCount?(state: State): number;
  questions: readonly Question[];
}
