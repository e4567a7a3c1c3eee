import type { Book } from "../book.ts";
import type { PeripheryEvent } from "./applyEvent.ts";
import { peripheryFold } from "./fold.ts";
import { governance, governanceCalls } from "./governance.ts";
import { inlet, inlets } from "./inlets.ts";
import type { PeripheryState } from "./state.ts";

/** The inlets that were opened, and what the timelock was told to do. Its logs are all that there is to compare. */
export const peripheryBook: Book<PeripheryState, PeripheryEvent> = {
  ...peripheryFold,
  questions: [inlets, inlet, governance, governanceCalls],
};
