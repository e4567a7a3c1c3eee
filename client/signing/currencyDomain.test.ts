import { expect } from "chai";
import { type Address, domainSeparator, type Hex, numberToHex, type TypedDataDomain, zeroHash } from "viem";
import type { Chain } from "../chain/chain.ts";
import { currencyDomain } from "./currencyDomain.ts";

const TOKEN: Address = `0x${"12".repeat(20)}`;
const SALT: Hex = `0x${"34".repeat(32)}`;

interface Answers {
  eip712Domain?: unknown;
  DOMAIN_SEPARATOR?: Hex;
  version?: string;
  name?: string;
}

/** Reads the domain of a token that answers this, and nothing else. */
const domainOf = (answers: Answers) =>
  currencyDomain(
    {
      chainId: 7,
      client: {
        readContract: ({ functionName }: { functionName: keyof Answers }) =>
          functionName in answers
            ? Promise.resolve(answers[functionName])
            : Promise.reject(new Error("No such function.")),
      },
    } as unknown as Chain,
    TOKEN,
  );

const separatorOf = (domain: TypedDataDomain) => domainSeparator({ domain });
const common = { name: "Dollar", chainId: 7, verifyingContract: TOKEN };

describe("the domain of a currency", () => {
  it("is found by its separator: with a version, with a guessed one, and without one", async () => {
    for (const domain of [{ ...common, version: "9" }, { ...common, version: "2" }, common]) {
      const version = "version" in domain && domain.version === "9" ? { version: "9" } : {};
      expect(await domainOf({ name: "Dollar", DOMAIN_SEPARATOR: separatorOf(domain), ...version })).to.deep.equal(
        domain,
      );
    }
  });

  it("may have the chain's id as salt, as bridged tokens on Polygon", async () => {
    const domain = { name: "Dollar", version: "1", verifyingContract: TOKEN, salt: numberToHex(7, { size: 32 }) };
    expect(await domainOf({ name: "Dollar", DOMAIN_SEPARATOR: separatorOf(domain) })).to.deep.equal(domain);
  });

  it("is the one that it declares (ERC-5267), with the fields that it uses", async () => {
    const declaration = (fields: Hex) => [fields, "Euro", "3", 7n, TOKEN, SALT, []];
    const all = { name: "Euro", version: "3", chainId: 7, verifyingContract: TOKEN, salt: SALT };
    expect(await domainOf({ eip712Domain: declaration("0x1f"), DOMAIN_SEPARATOR: separatorOf(all) })).to.deep.equal(
      all,
    );
    expect(await domainOf({ eip712Domain: declaration("0x0d") })).to.deep.equal({
      name: "Euro",
      chainId: 7,
      verifyingContract: TOKEN,
    });
  });

  it("is unknown if the separator is that of no such domain, or there is none", async () => {
    expect(await domainOf({ name: "Dollar", DOMAIN_SEPARATOR: zeroHash })).to.equal(undefined);
    expect(await domainOf({ name: "Dollar", version: "1" })).to.equal(undefined);
  });
});
