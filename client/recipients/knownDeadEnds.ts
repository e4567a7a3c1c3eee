import type { Address } from "viem";

/**
 * Contracts at the same address on many chains that hold money or rights of nobody. Whatever is sent to one of them is
 * lost, or anyone can take it.
 */
const CANONICAL: Readonly<Record<Address, string>> = {
  "0x000000000022D473030F116dDEE9F6B43aC78BA3": "Permit2",
  "0x5FF137D4b0FDCD49DcA30c7CF57E578a026d2789": "an ERC-4337 EntryPoint (0.6)",
  "0x0000000071727De22E5E9d8BAf0edAc6f37da032": "an ERC-4337 EntryPoint (0.7)",
  "0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108": "an ERC-4337 EntryPoint (0.8)",
  "0x433709009B8330FDa32311DF1C2AFA402eD8D009": "an ERC-4337 EntryPoint (0.9)",
  "0xcA11bde05977b3631167028862bE2a173976CA11": "Multicall3, whose money anyone can take",
  "0x4e59b44847b379578588920cA78FbF26c0B4956C": "the deterministic deployment proxy",
  "0xba5Ed099633D3B313e4D5F7bdc1305d3c28ba5Ed": "CreateX, a factory of contracts",
  "0x914d7Fec6aaC8cd542e72Bca78B30650d45643d7": "Safe's factory of singletons",
  "0x1820a4B7618BdE71Dce8cdc73aAB6C95905faD24": "the ERC-1820 registry",
  "0x00000000219ab540356cBB839Cbe05303d7705Fa": "the deposit contract of the beacon chain",
  "0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02": "the contract of beacon roots (EIP-4788)",
  "0x0000F90827F1C53a10cb7A02335B175320002935": "the contract of block hashes (EIP-2935)",
  "0x00000961Ef480Eb55e80D19ad83579A64c007002": "the contract of withdrawal requests (EIP-7002)",
  "0x0000BBdDc7CE488642fb579F8B00f3a590007251": "the contract of consolidation requests (EIP-7251)",
  "0xd9Db270c1B5E3Bd161E8c8503c55cEABeE709552": "Safe's code (1.3.0), not a Safe of anybody",
  "0x3E5c63644E683549055b9Be8653de26E0B4CD36E": "Safe's code (1.3.0, L2), not a Safe of anybody",
  "0x41675C099F32341bf84BFc5382aF534df5C7461a": "Safe's code (1.4.1), not a Safe of anybody",
  "0x29fcB43b46531BcA003ddC8FCB67FFE91900C762": "Safe's code (1.4.1, L2), not a Safe of anybody",
  "0xa6B71E26C5e0845f74c812102Ca7114b6a896AB2": "Safe's proxy factory (1.3.0)",
  "0x4e1DCf7AD4e460CfD30791CCC4F9c8a4f820ec67": "Safe's proxy factory (1.4.1)",
  "0x000000006551c19487814612e58FE06813775758": "the ERC-6551 registry of token accounts",
  "0x55266d75D1a14E4572138116aF39863Ed6596E7F": "the code of ERC-6551 accounts, not the account of a token",
  "0x41C8f39463A868d3A88af00cd0fe7102F30E44eC": "the code of ERC-6551 accounts, not the account of a token",
  "0xDeaDDEaDDeAdDeAdDEAdDEaddeAddEAdDEAd0001": "the sender of system transactions of OP-stack chains",
};

const canonical = new Map(Object.entries(CANONICAL).map(([address, name]) => [address.toLowerCase(), name]));

/** Addresses that people write where there is no address, or to destroy what they send. */
const BURN = /^0x(?:(?:dead){10}|dead0{10,}(?:42069)+|([0-9a-f])\1{39}|(?:1234567890){4}|(?:deadbeef){5})$/;

/** A run of zero bytes that no search for a key can reach: it takes 2^96 tries. */
const ZERO_BYTES = "00".repeat(12);

/** Largest address that EIP-1352 reserves for precompiled contracts. */
const LAST_PRECOMPILE = 0xffffn;

/**
 * Returns a description of a dead end that is known on every chain, such as "the zero address"; undefined for any other
 * address.
 */
export function knownDeadEnd(address: Address): string | undefined {
  const text = address.toLowerCase();
  const name = canonical.get(text);
  if (name !== undefined) return name;
  const number = BigInt(text);
  if (number === 0n) return "the zero address";
  if (number === 0xdeadn || BURN.test(text)) return "a burn address, for which nobody has a key";
  if (number <= LAST_PRECOMPILE) return "an address that the chain reserves for precompiled contracts";
  return hasZeroRun(text.slice(2)) ? "an address for which nobody can have a key: it has too many zeros" : undefined;
}

function hasZeroRun(digits: string): boolean {
  for (let i = 0; i + ZERO_BYTES.length <= digits.length; i += 2) if (digits.startsWith(ZERO_BYTES, i)) return true;
  return false;
}
