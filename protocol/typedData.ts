// Messages that people sign without sending a transaction (EIP-712). Wallets show them field by field.

type Address = `0x${string}`;

/** Address of Uniswap's Permit2 on nearly every chain. */
export const PERMIT2: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

/**
 * A grant to build once on a release that is by grant. The owner of the release's asset signs it, for
 * `publishWithGrants` and `registerWithGrants`.
 *
 * @example
 * const signature = await wallet.signTypedData({
 *   domain: registryDomain(chainId, registry),
 *   types: grantTypes,
 *   primaryType: "Grant",
 *   message: { release: 7, account: builder, asset: 0, nonce: 1n, deadline: 1_800_000_000n },
 * });
 */
export const grantTypes = {
  Grant: [
    { name: "release", type: "uint40" },
    { name: "account", type: "address" },
    { name: "asset", type: "uint40" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

/** Returns the registry's EIP-712 domain, equal to that of its `eip712Domain()`. */
export const registryDomain = (chainId: number, registry: Address) =>
  ({ name: "Tributary", version: "1", chainId, verifyingContract: registry }) as const;

/**
 * A fee by Permit2, for `SignedPayments.payWithPermit2`. The payer must have approved Permit2 for the currency. `spender`
 * is the address of SignedPayments, `permitted` the currency and the amount, `witness` the purpose: payer, release and
 * reference.
 */
export const permit2FeeTypes = {
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
} as const;

/** Returns the EIP-712 domain of Permit2 on a chain. */
export const permit2Domain = (chainId: number, permit2: Address = PERMIT2) =>
  ({ name: "Permit2", chainId, verifyingContract: permit2 }) as const;

/**
 * A fee by an ERC-3009 authorization, for `SignedPayments.pay` and `payFromContractWallet`. `to` is the address of
 * SignedPayments. `nonce` is the result of its `nonceOf(payment)`, which binds release and reference, because the standard
 * has no field for them. The domain is that of the currency.
 */
export const receiveWithAuthorizationTypes = {
  ReceiveWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

/** An allowance for the ledger (ERC-2612), for its `permit`. The domain is that of the currency. */
export const permitTypes = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;
