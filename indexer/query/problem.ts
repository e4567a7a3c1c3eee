/** An answer in the form of RFC 9457 (`application/problem+json`). */
export class Problem extends Error {
  override name = "Problem";
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

export const notFound = (what: string, hint: string) => new Problem(404, "Not found", `There is no ${what}. ${hint}`);
export const badRequest = (reason: string) => new Problem(400, "Bad request", reason);
