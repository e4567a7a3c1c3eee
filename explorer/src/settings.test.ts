import { expect } from "chai";
import { parseSettings } from "./settings.ts";

describe("parseSettings", () => {
  it("reads the stored settings", () => {
    const settings = { theme: "dark", exact: true, currency: "0xab" } as const;
    expect(parseSettings(JSON.stringify(settings))).to.deep.equal(settings);
    expect(parseSettings('{"theme":"light"}')).to.deep.equal({ theme: "light" });
  });

  it("leaves out fields that are not valid settings", () => {
    expect(parseSettings('{"theme":"pink","exact":"yes","currency":7,"other":1}')).to.deep.equal({});
    for (const text of ["", "{", "null", "[]", "3", "{}"]) expect(parseSettings(text), text).to.deep.equal({});
  });
});
