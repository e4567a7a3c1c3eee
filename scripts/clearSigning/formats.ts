// The labels and formats by which wallets show each function to the person who signs: ERC-7730, version 2.

export interface Field {
  /** Path of the value: an argument or its field, `.[]` for each entry of a list, `@.value` for the native money sent. */
  path: string;
  label: string;
  format:
    | "raw"
    | "addressName"
    | "amount"
    | "tokenAmount"
    | "tokenTicker"
    | "nftName"
    | "date"
    | "unit"
    | "enum"
    | "calldata";
  params?: Record<string, string | number>;
  visible?: "always" | "optional" | "never";
}

export interface Format {
  intent: string;
  interpolatedIntent?: string;
  fields: Field[];
}

export const enums = {
  kind: { 0: "Dataset", 1: "Model", 2: "Agent" },
  role: {
    0: "Data",
    1: "Labelling",
    2: "Curation",
    3: "Evaluation",
    4: "Training",
    5: "Infrastructure",
    6: "Routing",
    7: "Retrieval",
    8: "Feedback",
    9: "Compute",
    10: "Other",
  },
};

const raw = (path: string, label: string): Field => ({ path, label, format: "raw" });
const address = (path: string, label: string): Field => ({ path, label, format: "addressName" });
const amount = (path = "amount", tokenPath = "currency"): Field => ({
  path,
  label: "Amount",
  format: "tokenAmount",
  params: { tokenPath },
});
const ticker = (path = "currency"): Field => ({ path, label: "Currency", format: "tokenTicker" });
const date = (path: string, label: string): Field => ({
  path,
  label,
  format: "date",
  params: { encoding: "timestamp" },
});
/** Parts per million, shown as a percentage. */
const weight = (path: string, label: string): Field => ({
  path,
  label,
  format: "unit",
  params: { base: "%", decimals: 4 },
});
/** Shares of an asset, shown as a percentage of its 100,000,000. */
const shares = (path: string, label = "Shares"): Field => ({
  path,
  label,
  format: "unit",
  params: { base: "%", decimals: 6 },
});
const choice = (path: string, label: string, name: keyof typeof enums): Field => ({
  path,
  label,
  format: "enum",
  params: { $ref: `$.metadata.enums.${name}` },
});
const asset = (path: string): Field => ({
  path,
  label: "Asset",
  format: "nftName",
  params: { collectionPath: "@.to" },
});
const optional = (field: Field): Field => ({ ...field, visible: "optional" });
/** Hides a value that a person cannot check: a signature, or data that a standard requires. */
const hidden = (path: string): Field => ({ path, label: path, format: "raw", visible: "never" });

const RELEASE = raw("release", "Release");
const REFERENCE = optional(raw("ref", "Reference"));
const SETTLED_RELEASES = optional(raw("releases.[]", "Settles release"));
const OF_ASSETS = raw("assets.[]", "Asset");
const MULTICALL: Format = {
  intent: "Make several calls",
  fields: [{ path: "data.[]", label: "Call", format: "calldata", params: { calleePath: "@.to" } }],
};
const OPERATOR: Format = {
  intent: "Allow an operator to move all you have here, or revoke that",
  fields: [address("operator", "Operator"), raw("approved", "Allowed")],
};

const DRAFT = [
  raw("release.contributions.[].release", "Built from release"),
  weight("release.contributions.[].weight", "Weight"),
  weight("release.floor", "Floor"),
  raw("release.byGrant", "By grant"),
  raw("release.label", "Version"),
  optional(raw("release.digest", "Content digest")),
  optional(raw("release.uri", "URI")),
];
const NEW_ASSET = [
  address("owner", "Owner"),
  choice("asset.kind", "Kind", "kind"),
  raw("asset.metadata", "Metadata"),
  weight("asset.keep", "Keep"),
  address("asset.allocations.[].account", "Shareholder"),
  shares("asset.allocations.[].shares"),
  optional(choice("asset.allocations.[].role", "Role", "role")),
];
const grantFields = (at: string) => [
  raw(`${at}release`, "Release"),
  address(`${at}account`, "For account"),
  raw(`${at}asset`, "For asset"),
  date(`${at}deadline`, "Expires"),
  optional(raw(`${at}nonce`, "Nonce")),
];
const GRANTS = [...grantFields("grants.[].grant.").map(optional), hidden("grants.[].signature")];

const FOR_RELEASE = "into release {release}";

export const ledgerFormats: Record<string, Format> = {
  pay: {
    intent: "Pay a fee",
    interpolatedIntent: `Pay {amount} ${FOR_RELEASE}`,
    fields: [amount(), RELEASE, REFERENCE],
  },
  payFor: {
    intent: "Pay a fee for somebody else",
    interpolatedIntent: `Pay {amount} ${FOR_RELEASE} for {payer}`,
    fields: [amount(), RELEASE, address("payer", "Payer"), REFERENCE],
  },
  payNative: {
    intent: "Pay a fee",
    interpolatedIntent: `Pay {@.value} ${FOR_RELEASE}`,
    fields: [{ path: "@.value", label: "Amount", format: "amount" }, RELEASE, REFERENCE],
  },
  payAndSettle: {
    intent: "Pay a fee and settle",
    interpolatedIntent: `Pay {amount} ${FOR_RELEASE} and settle`,
    fields: [amount(), RELEASE, REFERENCE, SETTLED_RELEASES],
  },
  payFromCredit: {
    intent: "Pay a fee from credit",
    interpolatedIntent: `Pay {amount} of your credit ${FOR_RELEASE}`,
    fields: [amount(), RELEASE, REFERENCE],
  },
  permit: {
    intent: "Submit an allowance that you signed",
    fields: [amount(), date("deadline", "Expires"), hidden("v"), hidden("r"), hidden("s")],
  },
  settle: { intent: "Settle releases", fields: [raw("releases.[]", "Release"), ticker()] },
  claim: {
    intent: "Claim what you earned",
    interpolatedIntent: "Claim what you earned, to {to}",
    fields: [OF_ASSETS, ticker(), address("to", "To")],
  },
  collect: {
    intent: "Settle, then claim what you earned",
    interpolatedIntent: "Settle, then claim what you earned, to {to}",
    fields: [OF_ASSETS, ticker(), address("to", "To"), SETTLED_RELEASES],
  },
  claimToCredit: {
    intent: "Claim to credit",
    interpolatedIntent: "Add what {account} earned to its credit",
    fields: [address("account", "Account"), OF_ASSETS, ticker()],
  },
  sweepCommons: { intent: "Add the commons' part to the credit of its beneficiary", fields: [OF_ASSETS, ticker()] },
  deposit: {
    intent: "Deposit credit",
    interpolatedIntent: "Deposit {amount} as credit of {account}",
    fields: [amount(), address("account", "Credit of")],
  },
  withdraw: {
    intent: "Withdraw credit",
    interpolatedIntent: "Withdraw {amount} to {to}",
    fields: [amount(), address("to", "To")],
  },
  withdrawNative: {
    intent: "Withdraw credit",
    interpolatedIntent: "Withdraw {amount} to {to}",
    fields: [{ path: "amount", label: "Amount", format: "amount" }, address("to", "To")],
  },
  safeTransferFrom: {
    intent: "Transfer shares",
    interpolatedIntent: "Transfer {value} of asset {id} to {to}",
    fields: [raw("id", "Asset"), shares("value"), address("from", "From"), address("to", "To"), hidden("data")],
  },
  safeBatchTransferFrom: {
    intent: "Transfer shares",
    fields: [raw("ids.[]", "Asset"), shares("values.[]"), address("from", "From"), address("to", "To"), hidden("data")],
  },
  setApprovalForAll: OPERATOR,
  admit: { intent: "Permanently admit a currency", fields: [address("currency", "Currency")] },
  multicall: MULTICALL,
};

const NFT = [asset("tokenId"), address("from", "From"), address("to", "To")];
const TRANSFER_ASSET = { intent: "Transfer an asset", interpolatedIntent: "Transfer {tokenId} to {to}" };

export const registryFormats: Record<string, Format> = {
  register: { intent: "Register an asset", fields: [...NEW_ASSET, ...DRAFT] },
  registerWithGrants: { intent: "Register an asset", fields: [...NEW_ASSET, ...DRAFT, ...GRANTS] },
  publish: { intent: "Publish a release", fields: [asset("asset"), ...DRAFT] },
  publishWithGrants: { intent: "Publish a release", fields: [asset("asset"), ...DRAFT, ...GRANTS] },
  setRetired: { intent: "Retire a release, or restore it", fields: [RELEASE, raw("retired", "Retired")] },
  setAccountGrant: {
    intent: "Allow an account to build on a release, or revoke that",
    fields: [RELEASE, address("account", "Account"), raw("granted", "Granted")],
  },
  setAssetGrant: {
    intent: "Allow an asset to build on a release, or revoke that",
    fields: [RELEASE, asset("asset"), raw("granted", "Granted")],
  },
  cancelGrant: { intent: "Cancel a grant that you signed", fields: grantFields("grant.") },
  bindIdentity: {
    intent: "Permanently bind an agent to an identity",
    fields: [asset("asset"), raw("identity", "ERC-8004 identity")],
  },
  setMetadata: { intent: "Replace an asset's metadata", fields: [asset("asset"), raw("metadata", "Metadata")] },
  approve: { intent: "Allow an account to transfer an asset", fields: [asset("tokenId"), address("to", "Account")] },
  setApprovalForAll: OPERATOR,
  transferFrom: { ...TRANSFER_ASSET, fields: NFT },
  "safeTransferFrom(address,address,uint256)": { ...TRANSFER_ASSET, fields: NFT },
  "safeTransferFrom(address,address,uint256,bytes)": { ...TRANSFER_ASSET, fields: [...NFT, hidden("data")] },
  multicall: MULTICALL,
};

const SYNC: Format = { intent: "Turn the money in an inlet into a fee", fields: [] };
const RECOVER: Format = { intent: "Send what cannot become a fee to the asset's owner", fields: [] };
const TOKEN = address("token", "Token");
const INLET_COLLECT = { intent: "Turn what an inlet earned into a fee" };

export const inletFormats: Record<string, Format> = {
  sync: { ...SYNC, fields: [ticker()] },
  syncNative: SYNC,
  collect: { ...INLET_COLLECT, fields: [OF_ASSETS, ticker()] },
  recover: { ...RECOVER, fields: [TOKEN] },
  recoverNative: RECOVER,
};

export const inletsFormats: Record<string, Format> = {
  open: { intent: "Deploy the inlet of a release", fields: [RELEASE] },
  sync: { ...SYNC, fields: [RELEASE, ticker()] },
  syncNative: { ...SYNC, fields: [RELEASE] },
  collect: { ...INLET_COLLECT, fields: [RELEASE, OF_ASSETS, ticker()] },
  recover: { ...RECOVER, fields: [RELEASE, TOKEN] },
  recoverNative: { ...RECOVER, fields: [RELEASE] },
};

const PASS = { intent: "Pass on what an outlet holds, to its account" };

export const outletFormats: Record<string, Format> = {
  pass: { ...PASS, fields: [OF_ASSETS, ticker()] },
  passEarnings: { ...PASS, fields: [OF_ASSETS, ticker()] },
  passToken: { ...PASS, fields: [TOKEN] },
  passNative: { ...PASS, fields: [] },
  withdrawShares: { intent: "Take shares out of your outlet", fields: [OF_ASSETS, shares("shares.[]")] },
};

const ACCOUNT = address("account", "Account");

export const outletsFormats: Record<string, Format> = {
  open: { intent: "Deploy the outlet of an account", fields: [ACCOUNT] },
  pass: { ...PASS, fields: [ACCOUNT, OF_ASSETS, ticker()] },
  passNative: { ...PASS, fields: [ACCOUNT] },
};

const SIGNED_PAYMENT = {
  intent: "Submit a fee that its payer signed",
  interpolatedIntent: "Submit {payment.amount} of {payment.payer} into release {payment.release}",
};
const SIGNED_PAYMENT_FIELDS = [
  amount("payment.amount", "payment.currency"),
  address("payment.payer", "Payer"),
  raw("payment.release", "Release"),
  optional(raw("payment.ref", "Reference")),
];
const AUTHORIZATION_FIELDS = [
  ...SIGNED_PAYMENT_FIELDS,
  optional(date("payment.validAfter", "Valid after")),
  date("payment.validBefore", "Valid before"),
  hidden("payment.salt"),
];

export const signedPaymentsFormats: Record<string, Format> = {
  pay: { ...SIGNED_PAYMENT, fields: [...AUTHORIZATION_FIELDS, hidden("v"), hidden("r"), hidden("s")] },
  payFromContractWallet: { ...SIGNED_PAYMENT, fields: [...AUTHORIZATION_FIELDS, hidden("signature")] },
  payWithPermit2: {
    ...SIGNED_PAYMENT,
    fields: [
      ...SIGNED_PAYMENT_FIELDS,
      date("payment.deadline", "Expires"),
      hidden("payment.nonce"),
      hidden("signature"),
    ],
  },
};

export const grantFormat: Format = {
  intent: "Allow somebody to build on your release, once",
  fields: grantFields(""),
};

export const permit2FeeFormat: Format = {
  intent: "Pay a fee",
  interpolatedIntent: "Pay {permitted.amount} into release {witness.release}",
  fields: [
    amount("permitted.amount", "permitted.token"),
    raw("witness.release", "Release"),
    address("witness.payer", "Payer"),
    optional(raw("witness.ref", "Reference")),
    address("spender", "Taken by"),
    date("deadline", "Expires"),
    hidden("nonce"),
  ],
};
