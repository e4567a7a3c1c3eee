import { type Address, hexToBytes, keccak256, numberToBytes } from "viem";

/** Code of a minimal proxy (ERC-1167), before and after the address of its implementation. */
const PROXY_HEAD = "363d3d373d3d3d363d73";
const PROXY_TAIL = "5af43d82803e903d91602b57fd5bf3";

/** A minimal proxy with arguments behind its code. */
export interface Clone {
  implementation: Address;
  /** Hexadecimal digits of the arguments; empty if it has none. */
  args: string;
}

/** Reads a minimal proxy from its code; undefined for any other code. */
export function readClone(code: string): Clone | undefined {
  const tail = PROXY_HEAD.length + 40;
  const digits = code.slice(2).toLowerCase();
  if (!digits.startsWith(PROXY_HEAD) || !digits.startsWith(PROXY_TAIL, tail)) return undefined;
  return { implementation: `0x${digits.slice(PROXY_HEAD.length, tail)}`, args: digits.slice(tail + PROXY_TAIL.length) };
}

const ADDRESS_AT = 12;

/** Computes CREATE2 addresses of clones whose arguments differ, for one factory and one salt of zeros. */
export class CloneAddresses {
  readonly #creation: Uint8Array;
  readonly #argsAt: number;
  readonly #outer = new Uint8Array(85);

  /**
   * @param head The creation code before the implementation's address, in hexadecimal digits, proxy code included.
   * @param argsLength Length of the arguments in bytes.
   */
  constructor(factory: Address, implementation: Address, head: string, argsLength: number) {
    const code = hexToBytes(`0x${head}${implementation.slice(2)}${PROXY_TAIL}`);
    this.#argsAt = code.length;
    this.#creation = new Uint8Array(code.length + argsLength);
    this.#creation.set(code);
    this.#outer[0] = 0xff;
    this.#outer.set(hexToBytes(factory), 1);
  }

  /** Writes a word of the arguments. */
  setWord(index: number, word: bigint): void {
    this.#creation.set(numberToBytes(word, { size: 32 }), this.#argsAt + 32 * index);
  }

  /** Writes a number below 2^48 into the last bytes of a word, which must be zero before. */
  setNumber(index: number, value: number): void {
    const end = this.#argsAt + 32 * index + 31;
    for (let i = 0, rest = value; i < 6; i++, rest = Math.floor(rest / 256)) this.#creation[end - i] = rest % 256;
  }

  /** Returns the address for the arguments as they are, as bytes. */
  next(): Uint8Array {
    this.#outer.set(keccak256(this.#creation, "bytes"), 53);
    return keccak256(this.#outer, "bytes").subarray(ADDRESS_AT);
  }
}

/** Head of the creation code of OpenZeppelin's `Clones`, with 32 bytes of arguments. */
export const ONE_WORD_CLONE_HEAD = `61004d3d81600a3d39f3${PROXY_HEAD}`;

/** Head of the creation code of the ERC-6551 registry, with four words of arguments. */
export const TOKEN_ACCOUNT_HEAD = `3d60ad80600a3d3981f3${PROXY_HEAD}`;

/** The first six bytes of an address as a number, to look it up. */
export const addressKey = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(0) * 65_536 + view.getUint16(4);
};

/** Returns true if bytes are an address. */
export const isAddressBytes = (bytes: Uint8Array, address: Address): boolean =>
  bytes.every((byte, i) => byte === Number.parseInt(address.slice(2 + 2 * i, 4 + 2 * i), 16));
