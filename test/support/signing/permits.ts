import { type Addressable, type BigNumberish, type HDNodeWallet, MaxUint256, Signature, type Signer } from "ethers";
import type { SignedCurrency } from "../../../types/ethers-contracts/doubles/SignedCurrency.ts";

/** Reads the EIP-712 domain that a currency declares (ERC-5267). */
export async function domainOf(currency: SignedCurrency) {
  const { name, version, chainId, verifyingContract } = await currency.eip712Domain();
  return { name, version, chainId, verifyingContract };
}

const PERMIT = {
  Permit: ["owner", "spender", "value", "nonce", "deadline"].map((name) => ({
    name,
    type: name === "owner" || name === "spender" ? "address" : "uint256",
  })),
};

interface PermitTerms {
  currency: SignedCurrency;
  spender: Addressable;
  amount: BigNumberish;
  deadline?: bigint;
  /** Owner of the tokens. Default: the signer. */
  owner?: Addressable;
}

/** Returns the arguments of `FeeLedger.permit`, signed by this account (ERC-2612). */
export async function signPermit(
  signer: Signer | HDNodeWallet,
  { currency, spender, amount, deadline = MaxUint256, owner = signer }: PermitTerms,
) {
  const { v, r, s } = Signature.from(
    await signer.signTypedData(await domainOf(currency), PERMIT, {
      owner: await owner.getAddress(),
      spender: await spender.getAddress(),
      value: amount,
      nonce: await currency.nonces(owner),
      deadline,
    }),
  );
  return [currency, amount, deadline, v, r, s] as const;
}
