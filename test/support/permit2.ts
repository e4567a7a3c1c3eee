import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Contract, type Signer } from "ethers";
import { PERMIT2 } from "../../scripts/deploy/deployPeriphery.ts";
import type { SignedPayments } from "../../types/ethers-contracts/periphery/SignedPayments.ts";
import { ethers, networkHelpers } from "./fixture.ts";

const ERRORS = [
  "error InvalidContractSignature()",
  "error InvalidNonce()",
  "error InvalidSignature()",
  "error InvalidSigner()",
  "error SignatureExpired(uint256 deadline)",
];
const FUNCTIONS = [
  "function permitTransferFrom(((address,uint256),uint256,uint256),(address,uint256),address,bytes)",
  "function permitWitnessTransferFrom(((address,uint256),uint256,uint256),(address,uint256),address,bytes32,string,bytes)",
  "function invalidateUnorderedNonces(uint256 word, uint256 mask)",
];

/** Permit2's code remembers for which chain and address its constructor made the EIP-712 domain: for no chain, it makes it anew. */
const MADE_FOR_CHAIN = (31_337).toString(16).padStart(64, "0");
const MADE_FOR_NONE = "0".repeat(64);

/** Puts Permit2 where it is on every chain: the code that its makers publish on npm for the tests of others. */
export async function placePermit2() {
  const file = createRequire(import.meta.url).resolve("@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol");
  const [, code] = /hex"([0-9a-f]+)"/.exec(await readFile(file, "utf8")) ?? [];
  if (!code?.includes(MADE_FOR_CHAIN)) throw new Error(`${file} does not hold the code of Permit2 that is expected.`);
  await networkHelpers.setCode(PERMIT2, `0x${code.replace(MADE_FOR_CHAIN, MADE_FOR_NONE)}`);
  return new Contract(PERMIT2, [...ERRORS, ...FUNCTIONS], ethers.provider);
}

const TYPES = {
  PermitWitnessTransferFrom: [
    { name: "permitted", type: "TokenPermissions" },
    { name: "spender", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
    { name: "witness", type: "Fee" },
  ],
  TokenPermissions: [
    { name: "token", type: "address" },
    { name: "amount", type: "uint256" },
  ],
  Fee: [
    { name: "payer", type: "address" },
    { name: "release", type: "uint40" },
    { name: "ref", type: "bytes32" },
  ],
};

/** The fields of a payment by Permit2, with the addresses as text. */
export interface Permit2Payment {
  payer: string;
  release: bigint;
  currency: string;
  amount: bigint;
  ref: string;
  nonce: bigint;
  deadline: bigint;
}

/** The arguments of `SignedPayments.payWithPermit2`, signed by this account. */
export async function signForPermit2(
  signer: Signer,
  signedPayments: SignedPayments,
  payment: Permit2Payment,
  { chainId, verifyingContract = PERMIT2 }: { chainId?: bigint; verifyingContract?: string } = {},
) {
  const { payer, release, currency, amount, ref, nonce, deadline } = payment;
  const signature = await signer.signTypedData(
    { name: "Permit2", chainId: chainId ?? (await ethers.provider.getNetwork()).chainId, verifyingContract },
    TYPES,
    {
      permitted: { token: currency, amount },
      spender: await signedPayments.getAddress(),
      nonce,
      deadline,
      witness: { payer, release, ref },
    },
  );
  return [payment, signature] as const;
}
