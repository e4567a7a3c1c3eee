import { expect } from "chai";
import { encodeErrorResult } from "viem";
import { errorsAbi } from "#protocol/errorsAbi.ts";
import { UserError } from "#protocol/userError.ts";
import { errorMessage, isRejection } from "./errorMessage.ts";
import { Refusal, refusalFor, toUserError } from "./refusal.ts";

const failure = (fields: object, message = "failed") => Object.assign(new Error(message), fields);
const data = encodeErrorResult({ abi: errorsAbi, errorName: "UnknownRelease", args: [7] });

describe("the message of an error", () => {
  for (const [title, error, message] of [
    ["an error for people", new UserError("Give less."), "Give less."],
    ["a declined request", failure({ code: 4001 }), "You declined the request in the wallet."],
    ["a declined request within another error", new Error("x", { cause: { code: 4001 } }), "You declined the request"],
    ["a locked wallet", { code: 4100, message: "x" }, "The wallet is locked"],
    ["a wallet that asks already", failure({ code: -32_002 }), "already shows another request"],
    ["a contract's error", failure({ data }, "execution reverted"), "There is no release 7. Check its id."],
    ["too little native money", failure({}, "insufficient funds for gas * price + value"), "Send it some first"],
    [
      "a node that does not answer",
      new Error("outer", { cause: new Error("connection refused\nat x") }),
      "The node cannot be reached (connection refused). Start it, or check its URL",
    ],
    ["anything else", new Error("outer", { cause: new Error("odd\nat x") }), "The request failed: odd. Try again."],
    ["what is no error", { message: "odd" }, "The request failed: odd. Try again."],
  ] as const) {
    it(`is found for ${title}`, () => expect(errorMessage(error)).to.contain(message));
  }

  it("recognizes a declined request", () => {
    expect(isRejection(failure({ code: 4001 }))).to.equal(true);
    expect(isRejection(failure({ code: 4100 }))).to.equal(false);
    expect(isRejection(undefined)).to.equal(false);
  });
});

describe("a refusal", () => {
  it("keeps the name and the arguments of the contract's error", () => {
    const refused = toUserError(failure({ data }, "execution reverted"));
    expect(refused).to.be.instanceOf(Refusal);
    expect(refused).to.include({
      errorName: "UnknownRelease",
      message: refusalFor("UnknownRelease", { release: 7 }).message,
    });
    expect((refused as Refusal).errorArguments).to.deep.equal({ release: 7 });
  });

  it("returns other errors unchanged", () => {
    const [away, known] = [new Error("connection refused"), new UserError("It says revert.")];
    expect(toUserError(away)).to.equal(away);
    expect(toUserError(known)).to.equal(known);
  });
});
