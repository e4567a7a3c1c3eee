import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect } from "chai";
import { askAgain } from "./askAgain.ts";

describe("askAgain", () => {
  /** A page that asks one question, which is answered with the chain's value at the time of asking. */
  function open(queryKey: readonly string[], value = "before") {
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const chain = { value };
    const release: (() => void)[] = [];
    const queryFn = async () => {
      const seen = chain.value;
      await new Promise<void>((resolve) => release.push(resolve));
      if (seen === "failing") throw new Error("It has no money for gas.");
      return seen;
    };
    const observer = new QueryObserver(queries, { queryKey, queryFn });
    const stop = observer.subscribe(() => {});
    /** Lets the question that is under way be answered. */
    const answer = () => {
      release.shift()?.();
      return new Promise<void>((resolve) => setTimeout(resolve));
    };
    const end = () => {
      stop();
      queries.clear();
    };
    return { queries, chain, answer, end, result: () => observer.getCurrentResult() };
  }

  for (const value of ["before", "failing"]) {
    it(`asks once more what was under way for the first time: ${value}`, async () => {
      const { queries, chain, answer, end, result } = open(["review"], value);
      chain.value = "after";
      const asked = askAgain(queries);
      await answer();
      await answer();
      await asked;
      expect(result().data).to.equal("after");
      expect(result().error).to.equal(null);
      end();
    });
  }

  it("asks again what is answered, and nothing that is not wanted", async () => {
    const { queries, chain, answer, end, result } = open(["descriptions"]);
    await answer();
    expect(result().data).to.equal("before");
    chain.value = "after";
    await askAgain(queries, ({ queryKey }) => queryKey[0] !== "descriptions");
    expect(result().data).to.equal("before");
    const asked = askAgain(queries);
    await answer();
    await asked;
    expect(result().data).to.equal("after");
    end();
  });
});
