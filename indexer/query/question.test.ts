import { expect } from "chai";
import { questions } from "../books/books.ts";
import { describeOrders } from "./question.ts";

describe("the orders of a list", () => {
  it("are each described, the default last", () => {
    const fees = questions.find(({ name }) => name === "fees");
    if (fees?.type !== "list") throw new Error("There is no list of fees.");
    expect(describeOrders(fees.orders)).to.equal(
      "The order of the items. `paid`: by the time of payment. `amount`: by the number of base units, whatever the currency. Default: `paid`.",
    );
  });

  it("need no parameter if there is only one", () => {
    expect(describeOrders(["default"])).to.equal("The list has only one order, so this parameter is not needed.");
  });
});
