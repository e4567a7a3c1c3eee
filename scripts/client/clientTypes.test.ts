import { readFileSync } from "node:fs";
import { expect } from "chai";
import { clientTypes, TYPES_FILE } from "./clientTypes.ts";

describe("the client", function () {
  this.timeout(60_000);

  it("has the current types of the API, which `npm run client` generates", async () => {
    expect(readFileSync(TYPES_FILE, "utf8") === (await clientTypes())).to.equal(true);
  });
});
