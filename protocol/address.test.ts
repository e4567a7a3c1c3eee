import { expect } from "chai";
import { addressFault, parseAddress } from "./address.ts";
import { addressText } from "./schemas.ts";
import { UserError } from "./userError.ts";

const RIGHT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const WRONG = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD";

describe("an address", () => {
  it("is accepted in lower case, in upper case and with its checksum", () => {
    for (const text of [RIGHT, RIGHT.toLowerCase(), RIGHT.toUpperCase(), `0x${RIGHT.slice(2).toUpperCase()}`]) {
      expect(addressFault(text), text).to.equal(undefined);
      expect(parseAddress(text, "It"), text).to.equal(RIGHT);
    }
    const digits = `0x${"11".repeat(20)}`;
    expect(parseAddress(digits, "It")).to.equal(digits);
  });

  it("is refused with a wrong checksum, and with another form", () => {
    expect(addressFault(WRONG)).to.equal("checksum");
    expect(() => parseAddress(WRONG, "It")).to.throw(UserError, "its checksum is wrong");
    for (const text of ["", "0x", RIGHT.slice(2), `${RIGHT}0`, ` ${RIGHT}`, RIGHT.replace("5", "g")]) {
      expect(addressFault(text), text).to.equal("form");
      expect(() => parseAddress(text, "It"), text).to.throw(UserError, "is not an address");
    }
  });

  it("is refused in a file if its checksum is wrong", () => {
    expect(addressText.safeParse(RIGHT).success).to.equal(true);
    expect(addressText.safeParse(RIGHT.toLowerCase()).success).to.equal(true);
    expect(addressText.safeParse(WRONG).error?.issues[0]?.message).to.contain("checksum");
  });
});
