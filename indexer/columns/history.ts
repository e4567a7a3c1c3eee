/**
 * An undo log by block. While it is `recording`, every change of the state adds a function that undoes it. Final blocks
 * need none.
 */
export class History {
  recording = false;
  /**
   * The number of calls that have undone changes. A value that was computed from the state before is then out of date.
   */
  undoCount = 0;
  readonly #undo: (() => void)[] = [];
  /** One mark for each block, ascending. `length` is the length of `#undo` at the end of the block. */
  #marks: { blockNumber: bigint; length: number }[] = [];

  /** Records how to undo a change. Call it only while `recording`, and before the change. */
  record(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Marks the end of a block. */
  endBlock(blockNumber: bigint): void {
    if (this.#marks.at(-1)?.blockNumber === blockNumber) this.#marks.pop();
    this.#marks.push({ blockNumber, length: this.#undo.length });
  }

  /** Undoes all changes after the end of this block. Returns false if the history does not go back that far. */
  undoTo(blockNumber: bigint): boolean {
    const at = this.#marks.findLastIndex((mark) => mark.blockNumber <= blockNumber);
    const mark = this.#marks[at];
    if (!mark) return false;
    this.#marks.length = at + 1;
    const wasRecording = this.recording;
    this.recording = false;
    this.undoCount++;
    while (this.#undo.length > mark.length) this.#undo.pop()?.();
    this.recording = wasRecording;
    return true;
  }

  /** Drops the history, because something is changed without recording. */
  forgetAll(): void {
    this.#undo.length = 0;
    this.#marks = [];
  }

  /** Drops the history before the end of this block. */
  forgetBefore(blockNumber: bigint): void {
    const at = this.#marks.findLastIndex((mark) => mark.blockNumber <= blockNumber);
    const mark = this.#marks[at];
    if (!mark) return;
    const { length } = mark;
    this.#undo.splice(0, length);
    this.#marks = this.#marks.slice(at).map((each) => ({ ...each, length: each.length - length }));
  }
}
