import { type ProblemCode, problemCodes } from "./problemCodes.ts";

/** A refusal in the form of RFC 9457 (`application/problem+json`). Its code decides status and title. */
export class Problem extends Error {
  override name = "Problem";
  readonly code: ProblemCode;

  /** @param detail The reason for this very request. */
  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.code = code;
  }

  get status(): number {
    return problemCodes[this.code].status;
  }

  get title(): string {
    return problemCodes[this.code].title;
  }
}
