import type { Book } from "../book.ts";
import type { PeripheryEvent } from "./applyEvent.ts";
import { peripheryFold } from "./fold.ts";
import { governance, governanceCalls } from "./governance.ts";
import { inlet, inlets } from "./inlets.ts";
import { outlet, outlets } from "./outlets.ts";
import type { PeripheryState } from "./state.ts";

/**
 * The book of the inlets, the outlets and the timelock. Verification compares only its logs: there are no contract answers to
 * compare.
 */
export const peripheryBook: Book<PeripheryState, PeripheryEvent> = {
  ...peripheryFold,
  questions: [inlets, inlet, outlets, outlet, governance, governanceCalls],
};
