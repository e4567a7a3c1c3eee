import * as accounts from "./accounts.ts";
import * as assets from "./assets.ts";
import * as earnings from "./earnings.ts";
import * as economy from "./economy.ts";
import * as fees from "./fees.ts";
import * as flows from "./flows.ts";
import * as inlets from "./inlets.ts";
import * as ledger from "./ledger.ts";
import * as plans from "./plans.ts";
import type { Question } from "./question.ts";
import * as releases from "./releases.ts";

/** The questions about the graph and the money. */
export const questions: readonly Question[] = [
  ledger,
  assets,
  releases,
  fees,
  accounts,
  plans,
  earnings,
  economy,
  flows,
  inlets,
].flatMap((subject) => Object.values(subject));
