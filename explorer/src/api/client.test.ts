import { expect } from "chai";
import { answer, ApiProblem, apiUrl, connect, Unreachable } from "./client.ts";

const errorOf = async (request: Promise<unknown>) => request.catch((error: unknown) => error);
const responseOf = (status: number, statusText = "") => new Response(null, { status, statusText });

describe("answer", () => {
  it("is the data, even if they are empty or falsy", async () => {
    for (const data of [{ a: 1 }, [], 0, "", false, null]) {
      expect(await answer(Promise.resolve({ data, response: responseOf(200) }))).to.equal(data);
    }
  });

  it("throws a problem with the detail from the API", async () => {
    const error = { title: "Not found", detail: "There is no asset 7." };
    const problem = await errorOf(answer(Promise.resolve({ error, response: responseOf(404) })));
    expect(problem).to.be.instanceOf(ApiProblem);
    expect(problem).to.deep.include({ status: 404, title: "Not found", message: "There is no asset 7." });
  });

  it("throws a problem whatever the body of an error is, and for data with an error status", async () => {
    for (const rest of [{}, { error: "text" }, { error: null }, { error: { detail: undefined } }, { data: 1 }]) {
      const problem = await errorOf(answer(Promise.resolve({ ...rest, response: responseOf(503, "Busy") })));
      expect(problem, JSON.stringify(rest)).to.be.instanceOf(ApiProblem);
      expect(problem).to.deep.include({
        status: 503,
        title: "Busy",
        message: "The API gave no reason. Try again later.",
      });
    }
  });

  it("distinguishes a network failure from an aborted request", async () => {
    const cause = new TypeError("fetch failed");
    const unreachable = await errorOf(answer(Promise.reject(cause)));
    expect(unreachable).to.be.instanceOf(Unreachable).and.to.have.property("cause", cause);
    const aborted = new DOMException("aborted", "AbortError");
    expect(await errorOf(answer(Promise.reject(aborted)))).to.equal(aborted);
  });
});

describe("apiUrl", () => {
  it("joins the connected API and the path with one slash", () => {
    connect("https://api.example/chains/10/");
    expect(apiUrl("/v1/events")).to.equal("https://api.example/chains/10/v1/events");
    connect("https://api.example");
    expect(apiUrl("/docs")).to.equal("https://api.example/docs");
  });
});
