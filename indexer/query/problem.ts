import { type ProblemCode, problemCodes } from "./problemCodes.ts";

/** A refusal in the format of RFC 9457 (`application/problem+json`). The code determines the status and the title. */
export class Problem extends Error {
  override name = "Problem";
  readonly code: ProblemCode;

  /** @param detail The reason why this request was refused. */
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
