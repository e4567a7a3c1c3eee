import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { ApiProblem, Unreachable } from "../api/client.ts";
import { errorMessage } from "./errorMessage.ts";

describe("errorMessage", () => {
  it("is the message of a user error, also if other errors wrap it", () => {
    const cause = new UserError("Connect a wallet.");
    expect(errorMessage(cause)).to.equal("Connect a wallet.");
    const wrapped = new Error("unknown RPC error", { cause: new Error("call failed", { cause }) });
    expect(errorMessage(wrapped)).to.equal("Connect a wallet.");
  });

  it("is a message for people for other errors", () => {
    expect(errorMessage(new ApiProblem(404, undefined, "Not found", "There is no asset 7."))).to.equal(
      "There is no asset 7.",
    );
    expect(errorMessage(new Unreachable("no answer"))).to.contain("The explorer's API cannot be reached.");
    expect(errorMessage(new Error("a", { cause: new Error("b") }))).to.equal("The request failed: b. Try again.");
  });
});
