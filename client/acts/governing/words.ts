import { type Address, getAddress, isAddressEqual, toFunctionSelector } from "viem";
import { type CallContext, describeCall } from "#protocol/governance/describeCall.ts";
import type { TimelockCall } from "#protocol/governance/operation.ts";
import type { Chain } from "../../chain/chain.ts";

const ADMIT = toFunctionSelector("admit(address)").slice(2);
/** Symbols are read of this many tokens at most, because anyone may name any number. */
const MOST_TOKENS = 20;

/** Describes calls of the timelock in words, one line for each call, with the symbols of the tokens that they admit. */
export async function sayCalls(chain: Chain, timelock: Address, calls: readonly TimelockCall[]): Promise<string[]> {
  const named = new Set(
    calls.flatMap(({ data }) =>
      Array.from(data.matchAll(new RegExp(`${ADMIT}0{24}([0-9a-f]{40})`, "g")), ([, digits]) =>
        getAddress(`0x${digits}`),
      ),
    ),
  );
  const currencies = [...(await chain.currencies())];
  for (const address of [...named].slice(0, MOST_TOKENS)) {
    const isCode = await chain.client.getCode({ address }).catch(() => undefined);
    if (isCode) currencies.push(await chain.unitOf(address));
  }
  const context: CallContext = {
    targets: {
      ...Object.fromEntries(Object.entries(chain.deployment.periphery).map(([name, site]) => [name, site?.address])),
      ledger: chain.deployment.ledger,
      registry: chain.deployment.registry,
      timelock,
    },
    currencyAt: (address) => currencies.find((each) => isAddressEqual(each.address, address)),
  };
  return calls.flatMap((call) => describeCall(context, call));
}
