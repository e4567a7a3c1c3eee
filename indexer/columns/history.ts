/**
 * How to take changes back, block by block. While it is `recording`, everything that changes the ledger's state leaves
 * here what undoes it; blocks that are final need none.
 */
export class History {
  recording = false;
  /** How often something was taken back: whoever computed something from the state may have to anew. */
  undone = 0;
  readonly #undo: (() => void)[] = [];
  /** Ascending. `length` is how much of `#undo` was there when the block was done. */
  #marks: { blockNumber: bigint; length: number }[] = [];

  /** Call it only while `recording`, and before the change. */
  record(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** A block was applied as a whole. */
  endBlock(blockNumber: bigint): void {
    if (this.#marks.at(-1)?.blockNumber === blockNumber) this.#marks.pop();
    this.#marks.push({ blockNumber, length: this.#undo.length });
  }

  /** Takes back all that was recorded after the end of this block. Answers false if it no longer knows that far. */
  undoTo(blockNumber: bigint): boolean {
    const at = this.#marks.findLastIndex((mark) => mark.blockNumber <= blockNumber);
    const mark = this.#marks[at];
    if (!mark) return false;
    this.#marks.length = at + 1;
    const wasRecording = this.recording;
    this.recording = false;
    this.undone++;
    while (this.#undo.length > mark.length) this.#undo.pop()?.();
    this.recording = wasRecording;
    return true;
  }

  /** Something was changed without recording it: there is no way back. */
  forgetAll(): void {
    this.#undo.length = 0;
    this.#marks = [];
  }

  /** Forgets how to go back before the end of this block. */
  forgetBefore(blockNumber: bigint): void {
    const at = this.#marks.findLastIndex((mark) => mark.blockNumber <= blockNumber);
    const mark = this.#marks[at];
    if (!mark) return;
    const { length } = mark;
    this.#undo.splice(0, length);
    this.#marks = this.#marks.slice(at).map((each) => ({ ...each, length: each.length - length }));
  }
}
