import { expect } from "chai";
import { type Abi, type AbiEvent, decodeEventLog, encodeAbiParameters, encodeEventTopics, type Hex } from "viem";
import { seededRandom } from "#node/seededRandom.ts";
import { ledgerAbi, registryAbi } from "./abis.ts";
import { logDecoder } from "./events.ts";
import { eventDecoders } from "./eventDecoders.ts";

type Random = ReturnType<typeof seededRandom>;

const hex = (random: Random, bytes: number): Hex =>
  `0x${Array.from({ length: bytes }, () => random.between(0, 255).toString(16).padStart(2, "0")).join("")}`;

function valueOf(type: string, random: Random): unknown {
  if (type.endsWith("[]"))
    return Array.from({ length: random.between(0, 9) }, () => valueOf(type.slice(0, -2), random));
  if (type === "address") return hex(random, 20);
  if (type === "bool") return random.between(0, 1) === 1;
  if (type === "bytes32") return hex(random, 32);
  if (type === "bytes") return hex(random, random.between(0, 100));
  if (type === "string") return random.pick(["", "v1", "\u{1f4a7} with more than thirty-two bytes of text in it"]);
  const bits = Number(type.slice("uint".length));
  const number = BigInt(hex(random, bits / 8));
  return bits <= 48 ? Number(number) : number;
}

describe("eventDecoders", () => {
  for (const [contract, abi] of [
    ["registry", registryAbi],
    ["ledger", ledgerAbi],
  ] as const) {
    for (const event of (abi as Abi).filter((item): item is AbiEvent => item.type === "event")) {
      it(`decodes ${contract}.${event.name} as viem does`, () => {
        const random = seededRandom(7);
        for (let round = 0; round < 20; round++) {
          const values = event.inputs.map((input) => valueOf(input.type, random));
          const args = Object.fromEntries(event.inputs.map((input, i) => [input.name ?? "", values[i]]));
          const plain = event.inputs.filter((input) => !input.indexed);
          const topics = encodeEventTopics({ abi: [event], args }) as Hex[];
          const data = encodeAbiParameters(
            plain,
            plain.map((input) => args[input.name ?? ""]),
          );
          const theirs = decodeEventLog({ abi: [event], topics: topics as [Hex, ...Hex[]], data });
          const ours = logDecoder({ [contract]: abi as Abi })({ contract, topics, data });
          expect(ours?.eventName).to.equal(event.name);
          expect(lowered(ours?.args ?? {})).to.deep.equal(lowered(theirs.args ?? {}));
        }
      });
    }
  }

  it("refuses logs that do not match the event", () => {
    const abi = ledgerAbi as Abi;
    const settled = abi.find((item): item is AbiEvent => item.type === "event" && item.name === "Settled");
    if (!settled) throw new Error("The ledger settles.");
    const topics = encodeEventTopics({ abi: [settled], args: { currency: hex(seededRandom(1), 20) } }) as Hex[];
    const decode = eventDecoders(abi).get(topics[0] ?? "0x");
    const word = (value: bigint | number) => value.toString(16).padStart(64, "0");
    expect(() => decode?.({ topics, data: "0x" })).to.throw("cut off");
    expect(() => decode?.({ topics: topics.slice(0, 1), data: `0x${word(32)}${word(0)}` })).to.throw("1 topics");
    expect(() => decode?.({ topics, data: `0x${word(32)}${word(2)}${word(1)}` })).to.throw("longer than its data");
    expect(() => decode?.({ topics, data: `0x${word(96)}${word(0)}` })).to.throw("points behind");
    expect(() => decode?.({ topics, data: `0x${word(32)}${word(1)}${word(2n ** 40n)}` })).to.throw("more digits");
    expect(
      logDecoder({ ledger: ledgerAbi })({ contract: "ledger", topics: [hex(seededRandom(1), 32)], data: "0x" }),
    ).to.equal(undefined);
  });
});

/** Lowers the case of addresses, because viem returns them with a checksum. */
const lowered = (args: object) =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === "string" && value.length === 42 ? value.toLowerCase() : value,
    ]),
  );
