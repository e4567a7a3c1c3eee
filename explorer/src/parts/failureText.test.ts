import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { ApiProblem, Unreachable } from "../api/client.ts";
import { failureText } from "./failureText.ts";

describe("failureText", () => {
  it("contains the message of a user error and of a problem of the API", () => {
    const userError = new UserError("Connect a wallet.");
    expect(failureText(userError)).to.deep.equal({
      isMissing: false,
      reason: "Connect a wallet.",
      alternative: undefined,
    });
    const problem = new ApiProblem(
      400,
      "conflicting-parameters",
      "Bad request",
      "limit: it must be at most 500. See `/docs`.",
    );
    expect(failureText(problem)).to.deep.include({
      isMissing: false,
      reason: "limit: it must be at most 500. See `/docs`.",
    });
  });

  it("names the explorer's list of what does not exist, instead of the API's path", () => {
    const missing = (code: ConstructorParameters<typeof ApiProblem>[1], detail: string) =>
      failureText(new ApiProblem(404, code, "Not found", detail));
    const asset = missing("unknown-asset", "There is no asset 7. `/assets` lists them; an id is that of a release.");
    expect(asset).to.deep.include({ isMissing: true, reason: "There is no asset 7." });
    expect(asset.alternative).to.deep.include({ list: "assets", path: "/assets" });
    const release = missing("unknown-release", "There is no release 7. Ids run from 1 to 5.");
    expect(release.reason).to.equal("There is no release 7. Ids run from 1 to 5.");
    expect(release.alternative).to.deep.include({ path: "/releases" });
    const fee = missing("unknown-fee", "There is no fee 7-1. `/fees` lists them.");
    expect(fee).to.deep.include({ isMissing: true, reason: "There is no fee 7-1." });
    expect(fee.alternative).to.deep.include({ path: "/fees" });
    expect(missing("unknown-page", "There is no page.")).to.deep.equal({
      isMissing: true,
      reason: "There is no page.",
      alternative: undefined,
    });
  });

  it("distinguishes an API that cannot be reached from an unexpected error", () => {
    expect(failureText(new Unreachable("no answer")).reason).to.contain("The explorer's API cannot be reached.");
    expect(failureText(new TypeError("x is undefined")).reason).to.equal(
      "An unexpected error occurred. Reload the page.",
    );
  });
});
