import { readFileSync } from "node:fs";
import { expect } from "chai";
import { clientTypes, TYPES_FILE } from "./clientTypes.ts";

describe("the client", function () {
  this.timeout(60_000);

  it("has the types of the API as it is; `npm run client` makes them anew", async () => {
    expect(readFileSync(TYPES_FILE, "utf8") === (await clientTypes())).to.equal(true);
  });
});
