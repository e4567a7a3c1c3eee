import { type Abi, type AbiEvent, type Hex, stringToHex, toEventSelector } from "viem";

export interface EncodedLog {
  topics: Hex[];
  data: Hex;
}

/** Returns, for each event of an ABI by name, a function that encodes its log: the reverse of `eventDecoders`. */
export function eventEncoders(abi: Abi): Map<string, (args: Record<string, unknown>) => EncodedLog> {
  const events = abi.filter((item): item is AbiEvent => item.type === "event");
  return new Map(events.map((event) => [event.name, encoderOf(event)]));
}

function encoderOf(event: AbiEvent): (args: Record<string, unknown>) => EncodedLog {
  const selector = toEventSelector(event);
  const indexed = event.inputs.filter((input) => input.indexed);
  const plain = event.inputs.filter((input) => !input.indexed);
  return (args) => {
    const topics = indexed.map(({ name = "" }): Hex => `0x${word(args[name])}`);
    let head = "";
    let tail = "";
    for (const { name = "", type } of plain) {
      const content = dynamicPart(type, args[name]);
      if (content === undefined) head += word(args[name]);
      else {
        head += word(plain.length * 32 + tail.length / 2);
        tail += content;
      }
    }
    return { topics: [selector, ...topics], data: `0x${head}${tail}` };
  };
}

function dynamicPart(type: string, value: unknown): string | undefined {
  if (type.endsWith("[]")) return word((value as unknown[]).length) + (value as unknown[]).map(word).join("");
  if (type !== "string" && type !== "bytes") return undefined;
  const digits = (type === "string" ? stringToHex(value as string) : (value as Hex)).slice(2);
  return word(digits.length / 2) + digits.padEnd(Math.ceil(digits.length / 64) * 64, "0");
}

function word(value: unknown): string {
  if (typeof value === "string") return value.slice(2).padStart(64, "0");
  return (value as number | bigint | boolean).valueOf() === true
    ? "1".padStart(64, "0")
    : BigInt(value as number | bigint)
        .toString(16)
        .padStart(64, "0");
}
