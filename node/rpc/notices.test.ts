import { expect } from "chai";
import { Notices } from "./notices.ts";

describe("notices", () => {
  const disagree = { code: "endpointsDisagree", message: "They differ.", stops: false } as const;

  it("keep the time at which a condition began, whatever is said of it later", () => {
    const notices = new Notices();
    const since = new Date(1_000);
    expect(notices.raise({ ...disagree, endpoints: ["one", "two"], since })).to.equal(true);
    expect(notices.raise({ ...disagree, endpoints: ["two", "one"], message: "They differ again." })).to.equal(false);
    expect(notices.all).to.have.length(1);
    expect(notices.all[0]).to.deep.include({ message: "They differ again.", since });
  });

  it("end one by one, or all of a code", () => {
    const notices = new Notices();
    for (const endpoints of [["one"], ["two"], ["three"]]) {
      notices.raise({ code: "logsPruned", endpoints, message: "", stops: false });
    }
    notices.raise({ ...disagree, endpoints: [] });
    notices.clear("logsPruned", ["two"]);
    expect(notices.all.map(({ endpoints }) => endpoints)).to.deep.equal([["one"], ["three"], []]);
    notices.clear("logsPruned");
    expect(notices.all.map(({ code }) => code)).to.deep.equal(["endpointsDisagree"]);
  });
});
