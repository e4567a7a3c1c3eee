import { type AbiEvent, type Abi, type AbiParameter, type Hex, hexToBytes, toEventSelector } from "viem";

interface RawLog {
  topics: readonly Hex[];
  data: Hex;
}

interface DecodedEvent {
  eventName: string;
  args: Record<string, unknown>;
}

/** Reads a value of a fixed-size type from a hex string, at the first digit of its 32-byte word. */
type WordReader = (hex: string, at: number) => unknown;
/** Reads a value of any type from a log's data, at the first digit of its head word. */
type DataReader = (data: string, head: number) => unknown;

const WORD = 64;
const PREFIX = "0x".length;
/** Keeps a byte order mark, and replaces invalid UTF-8 by U+FFFD. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Creates a decoder for each event of an ABI, once, from the types of its parameters. A general-purpose decoder, which
 * reads the ABI again for each log, takes a hundred times as long. Supports only the types that the contracts use:
 * addresses, numbers, booleans, fixed bytes, texts, bytes and lists of numbers.
 *
 * @example
 * eventDecoders(abi).get(log.topics[0])?.(log); // { eventName: "Deposited", args: { amount: 1n, … } }
 */
export function eventDecoders(abi: Abi): Map<Hex, (log: RawLog) => DecodedEvent> {
  const events = abi.filter((item): item is AbiEvent => item.type === "event");
  return new Map(events.map((event) => [toEventSelector(event), decoderOf(event)]));
}

function decoderOf({ name: eventName, inputs }: AbiEvent): (log: RawLog) => DecodedEvent {
  const indexed = inputs
    .filter((input) => input.indexed)
    .map((input) => ({ name: nameOf(input), read: wordReader(input.type) }));
  const plain = inputs
    .filter((input) => !input.indexed)
    .map((input) => ({ name: nameOf(input), read: dataReader(input.type) }));
  const leastLength = PREFIX + plain.length * WORD;
  return ({ topics, data }) => {
    if (topics.length !== indexed.length + 1)
      throw new RangeError(`A log of ${eventName} has ${topics.length} topics.`);
    if (data.length < leastLength) throw new RangeError(`The data of a log of ${eventName} is cut off.`);
    const args: Record<string, unknown> = {};
    for (let i = 0; i < indexed.length; i++) {
      const [input, topic] = [indexed[i], topics[i + 1]];
      if (input && topic) args[input.name] = input.read(topic, PREFIX);
    }
    for (let i = 0; i < plain.length; i++) {
      const input = plain[i];
      if (input) args[input.name] = input.read(data, PREFIX + i * WORD);
    }
    return { eventName, args };
  };
}

function nameOf({ name }: AbiParameter): string {
  if (!name) throw new TypeError("Every parameter of an event needs a name.");
  return name;
}

function dataReader(type: string): DataReader {
  if (type === "string") return (data, head) => utf8.decode(hexToBytes(`0x${dynamicHex(data, head)}`));
  if (type === "bytes") return (data, head): Hex => `0x${dynamicHex(data, head)}`;
  if (!type.endsWith("[]")) return wordReader(type);
  const read = wordReader(type.slice(0, -"[]".length));
  return (data, head) => {
    const [start, length] = dynamicPart(data, head, WORD);
    const values: unknown[] = [];
    for (let i = 0; i < length; i++) values.push(read(data, start + i * WORD));
    return values;
  };
}

function wordReader(type: string): WordReader {
  if (type === "address") return (hex, at): Hex => `0x${lowDigits(hex, at, 40).toLowerCase()}`;
  if (type === "bool") return (hex, at) => Number(`0x${lowDigits(hex, at, 1)}`) !== 0;
  if (type === "bytes32") return (hex, at): Hex => `0x${hex.slice(at, at + WORD)}`;
  const bits = Number(/^uint(\d+)$/.exec(type)?.[1] ?? NaN);
  if (Number.isNaN(bits)) throw new TypeError(`There is no decoder for ${type}.`);
  // Like viem: a value that a JavaScript number holds exactly is a number.
  if (bits <= 48) return (hex, at) => parseInt(lowDigits(hex, at, bits / 4), 16);
  return (hex, at) => BigInt(`0x${lowDigits(hex, at, bits / 4)}`);
}

const ZEROS = "0".repeat(WORD);

/** Returns the lowest digits of a word, and checks that all others are 0. */
function lowDigits(hex: string, at: number, digits: number): string {
  const start = at + WORD - digits;
  if (hex.slice(at, start) !== ZEROS.slice(digits))
    throw new RangeError("A word of a log has more digits than its type.");
  return hex.slice(start, at + WORD);
}

function dynamicHex(data: string, head: number): string {
  const [start, length] = dynamicPart(data, head, 2);
  return data.slice(start, start + 2 * length);
}

/** Finds the content of a list or text: its first digit and its number of items, each of `digitsEach` digits. */
function dynamicPart(data: string, head: number, digitsEach: number): [start: number, length: number] {
  const at = PREFIX + 2 * parseInt(lowDigits(data, head, 8), 16);
  if (at + WORD > data.length) throw new RangeError("A word of a log points behind its data.");
  const length = parseInt(lowDigits(data, at, 8), 16);
  const start = at + WORD;
  if (start + length * digitsEach > data.length) throw new RangeError("A list in a log is longer than its data.");
  return [start, length];
}
