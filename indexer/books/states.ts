import type { ContractEvent } from "#protocol/events.ts";
import { History } from "../columns/history.ts";
import type { JournalSource, Position } from "../journal.ts";
import type { BookFold } from "./fold.ts";

/** The states of several books after the same event, with one history to undo changes. */
export class BookStates {
  readonly history = new History();
  /** States by the book's name. */
  readonly states: Readonly<Record<string, object>>;
  readonly #folds = new Map<string, { fold: BookFold; state: object }>();

  constructor(folds: readonly BookFold[], source: JournalSource) {
    this.states = Object.fromEntries(folds.map((fold) => [fold.name, fold.begin(source, this.history)]));
    for (const fold of folds) {
      const state = this.of(fold);
      for (const contract of Object.keys(fold.contracts)) this.#folds.set(contract, { fold, state });
    }
  }

  /** Returns the state of one book. */
  of<State extends object, Event>({ name }: BookFold<State, Event>): State {
    const state = this.states[name];
    if (!state) throw new RangeError(`There is no book "${name}".`);
    return state as State; // made by that book's `begin`
  }

  /** Applies an event to the state of the book that it belongs to. */
  apply(event: ContractEvent, position: Position): void {
    const entry = this.#folds.get(event.contract);
    entry?.fold.apply(entry.state, event, position);
  }
}
