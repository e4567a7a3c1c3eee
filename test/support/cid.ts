import { createHash } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** Returns the IPFS address of a text as one raw block: CID version 1, sha2-256, base32. Follows the CID specification. */
export function ipfsUriOf(text: string): string {
  const cid = Buffer.concat([Buffer.from("01551220", "hex"), createHash("sha256").update(text).digest()]);
  const bits = [...cid].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = bits.match(/.{1,5}/g) ?? [];
  return `ipfs://b${digits.map((digit) => ALPHABET[parseInt(digit.padEnd(5, "0"), 2)]).join("")}`;
}
