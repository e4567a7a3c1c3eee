import { timeText } from "#protocol/duration.ts";
import { percentText } from "#protocol/money.ts";
import { MAX_CURRENCIES, TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";

/** The arguments of an error, by name. */
export type ErrorArguments = Record<string, unknown>;

const ppm = (value: unknown) => percentText(Number(value));
const day = (seconds: unknown) => timeText(Number(seconds));

const CODE_REFUSES = "The contract that gives this reason was called in a way that is never meant.";
const NOT_FOR_PEOPLE = "Nobody but the contracts themselves may do this.";
const SIGN_AGAIN = "Sign again, with the account whose money or release it is, on this network.";

/** The meaning of each error of the contracts, of OpenZeppelin's and of Permit2, and what to do about it. */
export const ADVICE: Record<string, (args: ErrorArguments) => string> = {
  // The ledger: paying and credit
  UnknownRelease: ({ release }) => `There is no release ${release}. Check its number.`,
  CurrencyNotAdmitted: ({ currency }) => `The ledger does not take the token ${currency}. Pay in one that it takes.`,
  ZeroAmount: () =>
    "Nothing would be paid, or nothing arrived. Give an amount above 0 (and shares above 0 to each contributor).",
  InsufficientCredit: ({ credit, needed }) =>
    `The account has only ${credit} base units of credit, and ${needed} are needed. Deposit more, or take less.`,
  InvalidRecipient: ({ to }) => `Money or shares for ${to} would be lost. Name another account.`,
  CounterOverflow: () => "The currency's totals are full: it broke the rules of admission. Use another currency.",

  // The ledger: currencies
  OnlyAdmin: () => "Only the deployment's admin may admit a currency.",
  CurrencyAlreadyAdmitted: ({ currency }) => `The token ${currency} is admitted already. There is nothing to do.`,
  TooManyCurrencies: () => `${MAX_CURRENCIES} currencies are admitted; there can be no more.`,
  CurrencyRefused: ({ currency }) =>
    `The token ${currency} may not be admitted: there is no contract, or its total supply is 2^96 or more.`,

  // The graph
  OnlyRegistry: () => NOT_FOR_PEOPLE,
  TooMany: ({ given, limit }) => `There are ${given} entries in a list of at most ${limit}. Leave some out.`,
  ContributionsNotAscending: ({ release }) => `Release ${release} is named twice or out of order. Name each once.`,
  ZeroWeight: ({ release }) => `The contribution to release ${release} needs a weight of at least 1 ppm.`,
  WeightBelowFloor: ({ release, weight, floor }) =>
    `Release ${release} asks for at least ${ppm(floor)} of everything built on it, and gets ${ppm(weight)}. Raise its weight.`,
  ReleaseRetired: ({ release }) =>
    `Release ${release} is retired: nothing new may be built on it. Build on another, or ask its owner to restore it.`,
  WeightsAboveWhole: ({ sum }) => `The weights add up to ${ppm(sum)}. Lower some, so that they are 100 % at most.`,
  AboveWhole: ({ weight }) => `${weight} ppm is more than the whole, which is ${WHOLE_PPM}.`,
  OwnWeightBelowKeep: ({ ownWeight, keep }) =>
    `The release would keep ${ppm(ownWeight)} for its asset, whose keep promises ${ppm(keep)}. Lower the contributions' weights.`,
  SharesNotWhole: ({ sum }) => `The shares add up to ${sum}. They must be exactly ${TOTAL_SHARES}.`,
  UnknownShareId: ({ id }) => `There are no shares of an asset ${id}. Check the asset's id.`,

  // The registry
  NotAssetOwner: ({ asset, caller }) => `${caller} does not own asset ${asset}. Sign with its owner's account.`,
  GrantRequired: ({ release, owner }) =>
    `Release ${release} is by grant. Ask the owner of its asset${owner === undefined ? "" : `, ${String(owner)},`} for one, on chain or signed.`,
  GrantForAnother: ({ release }) =>
    `The signed grant for release ${release} names neither this account nor this asset. Ask for one that does.`,
  GrantExpired: ({ release, deadline }) =>
    `The signed grant for release ${release} served until ${day(deadline)}. Ask for another.`,
  GrantAlreadySpent: ({ release }) =>
    `The signed grant for release ${release} was used or cancelled. Ask for another: each serves once.`,
  GrantSignatureInvalid: ({ release, owner }) =>
    `The signed grant for release ${release} was not signed by ${owner}, who owns its asset now. Ask that owner for one.`,
  NotAnAgent: ({ asset }) => `Asset ${asset} is not an agent. Only agents are bound to identities.`,
  IdentityAlreadyBound: ({ asset, identity }) =>
    `Asset ${asset} has an identity already, or identity ${identity} an asset. That is for ever.`,
  NotIdentityOwner: ({ identity, caller }) =>
    `${caller} does not own identity ${identity}, or this deployment knows no registry of identities.`,
  TextTooLong: ({ length, limit }) => `The text has ${length} bytes, and ${limit} are allowed. Shorten it.`,

  // Periphery
  SyncInstead: ({ currency }) => `${currency} is admitted, so it can still become a fee and stays.`,
  NoPermit2: ({ permit2 }) => `There is no Permit2 at ${permit2} on this chain. Pay in another way.`,

  // Tokens
  ERC20InsufficientBalance: ({ sender, balance, needed }) =>
    `${sender} has only ${balance} base units of the currency, and ${needed} are needed. Get more, or pay less.`,
  ERC20InsufficientAllowance: ({ spender, allowance, needed }) =>
    `${spender} may take ${allowance} base units of the currency, and ${needed} are needed. Approve it, or check that what was signed is for this account and chain.`,
  ERC20InvalidReceiver: ({ receiver }) => `The currency does not go to ${receiver}. Name another account.`,
  ERC20InvalidSender: () => CODE_REFUSES,
  ERC20InvalidApprover: () => CODE_REFUSES,
  ERC20InvalidSpender: () => CODE_REFUSES,
  SafeERC20FailedOperation: ({ token }) =>
    `The token ${token} refused the transfer without a reason. Check the balance and the approval, and whether its issuer froze an account.`,
  ERC721NonexistentToken: ({ tokenId }) => `There is no asset ${tokenId}. An asset's id is that of its first release.`,
  ERC721IncorrectOwner: ({ tokenId, owner }) => `Asset ${tokenId} belongs to ${owner}. Sign with that account.`,
  ERC721InsufficientApproval: ({ operator, tokenId }) => `${operator} may not move asset ${tokenId}. Ask its owner.`,
  ERC721InvalidReceiver: ({ receiver }) => `The asset cannot go to ${receiver}. Name an account that can hold it.`,
  ERC721InvalidOwner: () => CODE_REFUSES,
  ERC721InvalidSender: ({ sender }) => `${sender} cannot hand out this asset: it exists already.`,
  ERC721InvalidApprover: ({ approver }) => `${approver} may not approve for this asset. Ask its owner.`,
  ERC721InvalidOperator: () => CODE_REFUSES,
  ERC1155InsufficientBalance: ({ sender, balance, needed, tokenId }) =>
    `${sender} has ${balance} shares of asset ${tokenId}, and ${needed} are needed. Transfer fewer.`,
  ERC1155InvalidReceiver: ({ receiver }) =>
    `${receiver} is a contract that takes no shares, or no account at all. Name another.`,
  ERC1155MissingApprovalForAll: ({ operator, owner }) =>
    `${operator} may not move the shares of ${owner}. Sign with that account.`,
  ERC1155InvalidSender: () => CODE_REFUSES,
  ERC1155InvalidApprover: () => CODE_REFUSES,
  ERC1155InvalidOperator: () => CODE_REFUSES,
  ERC1155InvalidArrayLength: () => CODE_REFUSES,

  // Signatures
  ERC2612ExpiredSignature: ({ deadline }) => `What was signed served until ${day(deadline)}. Sign again.`,
  ERC2612InvalidSigner: ({ owner }) => `What was signed was not signed by ${owner}. ${SIGN_AGAIN}`,
  InvalidAccountNonce: () => `What was signed was used already, or something signed later was. ${SIGN_AGAIN}`,
  ERC3009InvalidSignature: () => `The payment was not signed by its payer. ${SIGN_AGAIN}`,
  ERC3009InvalidAuthorizationTime: ({ validAfter, validBefore }) =>
    `The signed payment is good only between ${day(validAfter)} and ${day(validBefore)}. Sign another.`,
  ERC3009UsedAuthorization: () => "The signed payment was used already. If another is due, sign another.",
  SignatureExpired: ({ signatureDeadline }) => `What was signed served until ${day(signatureDeadline)}. Sign again.`,
  InvalidAmount: ({ maxAmount }) => `At most ${maxAmount} base units were signed for. Sign for more.`,
  InvalidNonce: () => "The signed payment was used already. If another is due, sign another.",
  InvalidSigner: () => `The payment was not signed by its payer. ${SIGN_AGAIN}`,
  InvalidSignature: () => `This is not a valid signature. ${SIGN_AGAIN}`,
  InvalidSignatureLength: () => `This is not a valid signature: it has another length. ${SIGN_AGAIN}`,
  InvalidContractSignature: () => "The payer's contract wallet does not take the signature. Sign with its own app.",
  ECDSAInvalidSignature: () => `This is not a valid signature. ${SIGN_AGAIN}`,
  ECDSAInvalidSignatureLength: () => `This is not a valid signature: it has another length. ${SIGN_AGAIN}`,
  ECDSAInvalidSignatureS: () => `The signature is in a form that could be copied. ${SIGN_AGAIN}`,

  // What the contracts themselves are made of
  FailedCall: () =>
    "The recipient refused the money, or a call within a call failed without a reason. Name an account that takes it.",
  InsufficientBalance: ({ balance, needed }) => `There are ${balance} wei, and ${needed} are needed. Get more.`,
  ReentrancyGuardReentrantCall: () => "The currency called back into the ledger. It breaks the rules of admission.",
  AddressEmptyCode: ({ target }) => `There is no contract at ${target}. Check the network and the deployment's file.`,
  FailedDeployment: () => "The inlet could not be deployed: probably the gas ran out. Try again.",
  Create2EmptyBytecode: () => CODE_REFUSES,
  CloneArgumentsTooLong: () => CODE_REFUSES,
  InvalidShortString: () => CODE_REFUSES,
  StringTooLong: () => CODE_REFUSES,
  SafeCastOverflowedUintDowncast: () => "A number is larger than the contract can hold. Give a smaller one.",
};
