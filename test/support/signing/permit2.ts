import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Addressable, Signer } from "ethers";
import { PERMIT2 } from "#protocol/typedData.ts";
import type { TestPermit2 } from "../../../types/ethers-contracts/doubles/TestPermit2.ts";
import type { IPermit2 } from "../../../types/ethers-contracts/interfaces/IPermit2.ts";
import type { SignedPayments } from "../../../types/ethers-contracts/periphery/payments/SignedPayments.ts";
import { ethers, networkHelpers } from "../contracts/fixture.ts";

/** Puts this code at the address that Permit2 has on every chain. */
export async function placePermit2(code: string): Promise<TestPermit2> {
  await networkHelpers.setCode(PERMIT2, code);
  return ethers.getContractAt("TestPermit2", PERMIT2);
}

export const codeOfDouble = async () => ethers.provider.getCode(await ethers.deployContract("TestPermit2"));

/** A package that contains Permit2's own code, which its authors publish for tests. */
export const PERMIT2_PACKAGE = "@uniswap/v4-periphery@1.0.3";
const PUBLISHED = join(
  import.meta.dirname,
  "../../../node_modules/@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol",
);
export const isPermit2Installed = () => existsSync(PUBLISHED);

/** Permit2's code caches the chain and the address of its EIP-712 domain. With no cached chain, it computes the domain again. */
const MADE_FOR_CHAIN = (31_337).toString(16).padStart(64, "0");
const MADE_FOR_NONE = "0".repeat(64);

/** Returns Permit2's own code, if {@link PERMIT2_PACKAGE} is installed. */
export async function codeOfPermit2() {
  const [, code] = /hex"([0-9a-f]+)"/.exec(await readFile(PUBLISHED, "utf8")) ?? [];
  if (!code?.includes(MADE_FOR_CHAIN)) throw new Error(`${PUBLISHED} does not hold the code that is expected.`);
  return `0x${code.replace(MADE_FOR_CHAIN, MADE_FOR_NONE)}`;
}

const FIELDS = [
  { name: "permitted", type: "TokenPermissions" },
  { name: "spender", type: "address" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];
const TokenPermissions = [
  { name: "token", type: "address" },
  { name: "amount", type: "uint256" },
];
const Fee = [
  { name: "payer", type: "address" },
  { name: "release", type: "uint40" },
  { name: "ref", type: "bytes32" },
];
const PermitWitnessTransferFrom = [...FIELDS, { name: "witness", type: "Fee" }];

const domain = async () => ({
  name: "Permit2",
  chainId: (await ethers.provider.getNetwork()).chainId,
  verifyingContract: PERMIT2,
});

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

/** Returns the arguments of `SignedPayments.payWithPermit2`, signed by this account. */
export async function signForPermit2(
  signer: Signer,
  signedPayments: SignedPayments,
  payment: Permit2Payment,
  otherDomain: { chainId?: bigint; verifyingContract?: string } = {},
) {
  const { payer, release, currency, amount, ref, nonce, deadline } = payment;
  const signature = await signer.signTypedData(
    { ...(await domain()), ...otherDomain },
    { PermitWitnessTransferFrom, TokenPermissions, Fee },
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

/** Signs a plain Permit2 transfer, without a witness. */
export const signForCaller = async (signer: Signer, caller: Addressable, permit: IPermit2.PermitTransferFromStruct) =>
  signer.signTypedData(
    await domain(),
    { PermitTransferFrom: FIELDS, TokenPermissions },
    { ...permit, spender: await caller.getAddress() },
  );
