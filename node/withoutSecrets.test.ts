import { expect } from "chai";
import { urlsWithoutSecrets, withoutSecrets } from "./withoutSecrets.ts";

describe("URLs without their secrets", () => {
  for (const [url, shown] of [
    ["http://127.0.0.1:8545", "http://127.0.0.1:8545"],
    ["https://node.example/", "https://node.example"],
    ["https://node.example/v3/KEY", "https://node.example/…"],
    ["https://node.example?key=KEY", "https://node.example/…"],
    ["wss://user:KEY@node.example:1/ws#KEY", "wss://node.example:1/…"],
    ["https://user:K@EY@node.example", "https://node.example"],
    ["https://user:K/E?Y@node.example/KEY", "https://node.example/…"],
    ["postgresql://user:KEY@db.example:5432/name?password=KEY", "postgresql://db.example:5432/…"],
    ["node.example/KEY", "node.example/…"],
    ["https//node.example/KEY", "https/…"],
  ] as const) {
    it(`shows ${url} as ${shown}`, () => {
      expect(withoutSecrets(url)).to.equal(shown);
    });
  }

  it("finds them within a text", () => {
    expect(
      urlsWithoutSecrets('No answer at https://a.example/KEY: try "wss://b:KEY@c.example/x". URL: http://d:1.'),
    ).to.equal('No answer at https://a.example/…: try "wss://c.example/…". URL: http://d:1.');
  });
});
