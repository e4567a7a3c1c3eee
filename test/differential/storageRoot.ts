import { encodeRlp, keccak256, type RlpStructuredDataish, stripZerosLeft, toBeHex } from "ethers";

/**
 * Computes the storage root of a contract, as in `eth_getProof`, from its slots: the Merkle Patricia trie of the yellow
 * paper over keccak(slot) → rlp(value). Zero values are not stored.
 */
export function storageRoot(slots: ReadonlyMap<bigint, bigint>): string {
  const entries: Entry[] = [];
  for (const [slot, value] of slots) {
    if (value === 0n) continue;
    const path = keccak256(toBeHex(slot, 32)).slice(2);
    entries.push({ path, value: encodeRlp(stripZerosLeft(toBeHex(value))) });
  }
  return entries.length === 0 ? keccak256(encodeRlp("0x")) : keccak256(encodeRlp(nodeOf(entries, 0)));
}

/** All paths have the same length, so no value ever ends in a branch. */
interface Entry {
  path: string;
  value: string;
}

function nodeOf(entries: Entry[], depth: number): RlpStructuredDataish[] {
  const [first] = entries;
  if (!first) throw new Error("A node has entries.");
  if (entries.length === 1) return [compact(first.path.slice(depth), true), first.value];
  let shared = depth;
  while (entries.every(({ path }) => path[shared] === first.path[shared])) shared++;
  if (shared > depth) return [compact(first.path.slice(depth, shared), false), reference(entries, shared)];
  const children = [..."0123456789abcdef"].map((nibble) => {
    const below = entries.filter(({ path }) => path[depth] === nibble);
    return below.length === 0 ? "0x" : reference(below, depth + 1);
  });
  return [...children, "0x"];
}

/** Encodes a child node: itself if it is short, else its hash. */
function reference(entries: Entry[], depth: number): RlpStructuredDataish {
  const node = nodeOf(entries, depth);
  const encoded = encodeRlp(node);
  return encoded.length < 2 + 2 * 32 ? node : keccak256(encoded);
}

/** Encodes nibbles, with a prefix that marks leaves and odd lengths. */
function compact(nibbles: string, isLeaf: boolean): string {
  const flag = isLeaf ? 2 : 0;
  return nibbles.length % 2 === 0 ? `0x${flag}0${nibbles}` : `0x${flag + 1}${nibbles}`;
}
