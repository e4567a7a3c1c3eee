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
    ["http://[::1]:8545/KEY", "http://[::1]:8545/…"],
    ["postgres://user:K EY@db.example/name", "postgres://db.example/…"],
    ["postgres://user:K#EY@db.example/name", "postgres://db.example/…"],
    ["postgres://user:KEY", "postgres://user/…"],
    ["postgres://user:1KEY/name", "postgres://user/…"],
    ["https://node.example:KEY", "https://node.example/…"],
    ["user:KEY\n@node.example", "node.example"],
  ] as const) {
    it(`shows ${url} as ${shown}`, () => {
      expect(withoutSecrets(url)).to.equal(shown);
    });
  }

  it("finds them within a text", () => {
    expect(
      urlsWithoutSecrets('No answer at https://a.example/KEY: try "wss://b:KEY@c.example/x". URL: http://d:1.'),
    ).to.equal('No answer at https://a.example/…: try "wss://c.example/…". URL: http://d:1.');
    expect(urlsWithoutSecrets("At http://[::1]:8545/KEY, https://u:K,E;Y)@a.example/KEY.")).to.equal(
      "At http://[::1]:8545/…, https://a.example/….",
    );
    expect(urlsWithoutSecrets("Bad: postgres://u:KEY. Two: https://a.example/KEY,https://u:KEY@b.example")).to.equal(
      "Bad: postgres://u/…. Two: https://a.example/…,https://b.example",
    );
    expect(urlsWithoutSecrets("It must begin with http://, ws:// or postgres://.")).to.equal(
      "It must begin with http://, ws:// or postgres://.",
    );
  });
});
