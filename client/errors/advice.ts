import { periodText, timeText } from "#protocol/duration.ts";
import { ROLE_NAMES, roleOf } from "#protocol/governance/roles.ts";
import { percentText } from "#protocol/money.ts";
import { MAX_CURRENCIES, TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";

/** The arguments of an error, by name. */
export type ErrorArguments = Record<string, unknown>;

const ppm = (value: unknown) => percentText(Number(value));
const day = (seconds: unknown) => timeText(Number(seconds));

const CODE_REFUSES =
  "A contract was called in a way that it does not support. This is a fault in the program that made the call: report it.";
const NOT_FOR_PEOPLE = "Only the registry may call this function. Use the registry's own functions.";
const SIGN_AGAIN = "Sign again on this network, with the account that owns the money or the release.";
const PAYER_SIGNS_AGAIN = "The payer must sign again, on this network.";

/** Explains each error of the contracts, of OpenZeppelin and of Permit2, with the remedy. */
export const ADVICE: Record<string, (args: ErrorArguments) => string> = {
  // The ledger: paying and credit
  UnknownRelease: ({ release }) => `There is no release ${release}. Check its id.`,
  CurrencyNotAdmitted: ({ currency }) =>
    `The ledger does not accept the token ${currency}, because it is not an admitted currency. Use an admitted one.`,
  ZeroAmount: () =>
    "An amount is 0, or no money arrived. Give an amount above 0, and each contributor more than 0 shares.",
  InsufficientCredit: ({ credit, needed }) =>
    `The account has only ${credit} base units of credit, but ${needed} are needed. Deposit more, or use less.`,
  InvalidRecipient: ({ to }) => `Money or shares sent to ${to} would be lost. Name another account.`,
  CounterOverflow: () =>
    "The ledger cannot count more of this currency: its supply exceeds what the rules of admission allow. Use another currency.",

  // The ledger: currencies
  OnlyAdmin: () => "Only the deployment's admin may admit a currency. Sign with the admin's account.",
  CurrencyAlreadyAdmitted: ({ currency }) => `The token ${currency} is already admitted. There is nothing to do.`,
  TooManyCurrencies: () =>
    `The ledger has admitted ${MAX_CURRENCIES} currencies, which is the most that it can ever admit. Use one of these.`,
  CurrencyRefused: ({ currency }) =>
    `The token ${currency} cannot be admitted: there is no contract at this address, or its total supply is 2^96 or more. Check the address.`,

  // The graph
  OnlyRegistry: () => NOT_FOR_PEOPLE,
  TooMany: ({ given, limit }) => `A list has ${given} entries, but at most ${limit} are allowed. Remove some.`,
  ContributionsNotAscending: ({ release }) =>
    `Release ${release} is named twice or out of order. Name each release once, in ascending order.`,
  ZeroWeight: ({ release }) => `The contribution to release ${release} has the weight 0. Give it a weight above 0 %.`,
  WeightBelowFloor: ({ release, weight, floor }) =>
    `The floor of release ${release} is ${ppm(floor)}, but the contribution to it has a weight of only ${ppm(weight)}. Raise that weight to ${ppm(floor)} or more.`,
  ReleaseRetired: ({ release }) =>
    `Release ${release} is retired: no new release may be built on it. Build on another release, or ask its owner to restore it.`,
  WeightsAboveWhole: ({ sum }) =>
    `The weights add up to ${ppm(sum)}. Lower some, so that they add up to 100 % at most.`,
  AboveWhole: ({ weight }) => `${weight} ppm is more than the whole, which is ${WHOLE_PPM} ppm. Give a smaller part.`,
  OwnWeightBelowKeep: ({ ownWeight, keep }) =>
    `The release would keep ${ppm(ownWeight)} for its own asset, but the asset promises a keep of ${ppm(keep)}. Lower the weights of the contributions.`,
  SharesNotWhole: ({ sum }) =>
    `The shares add up to ${sum}, but must be exactly ${TOTAL_SHARES}. Change the shares of some contributors.`,
  UnknownShareId: ({ id }) => `There is no asset ${id}, so it has no shares. Check the asset's id.`,

  // The registry
  NotAssetOwner: ({ asset, caller }) => `${caller} does not own asset ${asset}. Sign with its owner's account.`,
  GrantRequired: ({ release, owner }) =>
    `Release ${release} is by grant. Ask the owner of its asset${owner === undefined ? "" : `, ${String(owner)},`} for a grant, either recorded on chain or signed.`,
  GrantForAnother: ({ release }) =>
    `The signed grant for release ${release} names neither this account nor this asset. Ask the owner for a grant that does.`,
  GrantExpired: ({ release, deadline }) =>
    `The signed grant for release ${release} expired at ${day(deadline)}. Ask the owner for another.`,
  GrantAlreadySpent: ({ release }) =>
    `The signed grant for release ${release} was used or cancelled. Each can be used once: ask the owner for another.`,
  GrantSignatureInvalid: ({ release, owner }) =>
    `The signed grant for release ${release} was not signed by ${owner}, who owns its asset now. Ask that owner for a grant.`,
  NotAnAgent: ({ asset }) =>
    `Asset ${asset} is not an agent. Only an agent can be bound to an identity: name an agent.`,
  IdentityAlreadyBound: ({ asset, identity }) =>
    `Asset ${asset} is already bound to an identity, or identity ${identity} to an asset. This can never be changed. Use another asset or another identity.`,
  NotIdentityOwner: ({ identity, caller }) =>
    `${caller} does not own identity ${identity}, or this deployment has no identity registry. Sign with the account that owns the identity.`,
  TextTooLong: ({ length, limit }) => `The text has ${length} bytes, but at most ${limit} are allowed. Shorten it.`,

  // Periphery
  SyncInstead: ({ currency }) =>
    `${currency} is an admitted currency, so this money can still become a fee and cannot be recovered.`,
  OnlyAccount: ({ account }) =>
    `Only ${account}, the account that this outlet leads to, may move its shares. Make the call from that account.`,
  OnlyLedgerShares: ({ token }) =>
    `An outlet accepts shares of the ledger and no token of ${token}. Send that token to the account itself.`,
  DeadEnd: ({ account }) =>
    `${account} has no outlet, because what it gets would be lost: it is zero, a token, or a contract of this deployment. Name the account that shall be paid.`,
  AccountIsInlet: ({ inlet, release }) =>
    `${inlet} is the inlet of release ${release} and has no outlet: what it gets becomes a fee. Pay the release instead.`,
  AccountIsOutlet: ({ outlet, account }) =>
    `${outlet} is itself the outlet of ${account}, and has none of its own. Use it as it is.`,
  NoPermit2: ({ permit2 }) => `There is no Permit2 at ${permit2} on this chain. Choose another way to pay.`,

  // The timelock
  AccessControlUnauthorizedAccount: ({ account, neededRole }) => {
    const role = roleOf(String(neededRole));
    return `${account} has no right to do this: it needs the role ${role ? ROLE_NAMES[role] : neededRole} of the timelock. Sign with an account that has it; \`proposals\` lists them.`;
  },
  AccessControlBadConfirmation: () => "An account can give up only its own role. Name the account that signs.",
  TimelockUnauthorizedCaller: ({ caller }) =>
    `${caller} cannot change the delay: only the timelock itself can. Schedule this call in the timelock.`,
  TimelockInsufficientDelay: ({ delay, minDelay }) =>
    `The delay of ${periodText(BigInt(String(delay)))} is too short: it must be at least ${periodText(BigInt(String(minDelay)))}. Give a longer one.`,
  TimelockInvalidOperationLength: ({ targets, payloads, values }) =>
    `A batch has ${targets} addresses, ${payloads} data and ${values} values, but needs as many of each. Complete the list.`,
  TimelockUnexpectedOperationState: ({ operationId }) =>
    `The operation ${operationId} is not in the state that this needs: it may be not scheduled, scheduled already, not ready yet, executed or cancelled. \`proposals\` shows its state.`,
  TimelockUnexecutedPredecessor: ({ predecessorId }) =>
    `The operation ${predecessorId} must be executed first. Execute it, then try again.`,

  // Tokens
  ERC20InsufficientBalance: ({ sender, balance, needed }) =>
    `${sender} has only ${balance} base units of the currency, but ${needed} are needed. Get more, or pay less.`,
  ERC20InsufficientAllowance: ({ spender, allowance, needed }) =>
    `${spender} may take only ${allowance} base units of the currency, but ${needed} are needed. Approve it for more. If you signed a message instead, check that it is for this account and chain.`,
  ERC20InvalidReceiver: ({ receiver }) => `The currency cannot be sent to ${receiver}. Name another account.`,
  ERC20InvalidSender: () => CODE_REFUSES,
  ERC20InvalidApprover: () => CODE_REFUSES,
  ERC20InvalidSpender: () => CODE_REFUSES,
  SafeERC20FailedOperation: ({ token }) =>
    `The token ${token} refused the transfer without a reason. Check the balance and the allowance, and whether the token's issuer has frozen an account.`,
  ERC721NonexistentToken: ({ tokenId }) =>
    `There is no asset ${tokenId}. Check its id: an asset has the id of its first release.`,
  ERC721IncorrectOwner: ({ tokenId, owner }) => `Asset ${tokenId} belongs to ${owner}. Sign with that account.`,
  ERC721InsufficientApproval: ({ operator, tokenId }) =>
    `${operator} may not transfer asset ${tokenId}. Ask its owner to approve this.`,
  ERC721InvalidReceiver: ({ receiver }) =>
    `The asset cannot be transferred to ${receiver}. Name an account that can hold it.`,
  ERC721InvalidOwner: () => CODE_REFUSES,
  ERC721InvalidSender: ({ sender }) =>
    `This asset already exists, so ${sender} cannot create it. Register another asset.`,
  ERC721InvalidApprover: ({ approver }) => `${approver} may not approve transfers of this asset. Ask its owner.`,
  ERC721InvalidOperator: () => CODE_REFUSES,
  ERC1155InsufficientBalance: ({ sender, balance, needed, tokenId }) =>
    `${sender} has only ${balance} shares of asset ${tokenId}, but ${needed} are needed. Transfer fewer.`,
  ERC1155InvalidReceiver: ({ receiver }) =>
    `${receiver} runs code that does not accept shares: it is a contract, or an account with an EIP-7702 delegation to one. Name another account, or end the delegation.`,
  ERC1155MissingApprovalForAll: ({ operator, owner }) =>
    `${operator} may not transfer the shares of ${owner}. Sign with the account ${owner}.`,
  ERC1155InvalidSender: () => CODE_REFUSES,
  ERC1155InvalidApprover: () => CODE_REFUSES,
  ERC1155InvalidOperator: () => CODE_REFUSES,
  ERC1155InvalidArrayLength: () => CODE_REFUSES,

  // Signatures
  ERC2612ExpiredSignature: ({ deadline }) => `The signed message expired at ${day(deadline)}. Sign again.`,
  ERC2612InvalidSigner: ({ owner }) => `The message was not signed by ${owner}. ${SIGN_AGAIN}`,
  InvalidAccountNonce: () => `The signed message was already used, or a later one was. ${SIGN_AGAIN}`,
  ERC3009InvalidSignature: () => `The payment was not signed by its payer for this network. ${PAYER_SIGNS_AGAIN}`,
  ERC3009InvalidAuthorizationTime: ({ validAfter, validBefore }) =>
    `The signed payment is valid only between ${day(validAfter)} and ${day(validBefore)}. The payer must sign another.`,
  ERC3009UsedAuthorization: () => "The signed payment was already used. To pay again, the payer must sign another.",
  SignatureExpired: ({ signatureDeadline }) => `The signed message expired at ${day(signatureDeadline)}. Sign again.`,
  InvalidAmount: ({ maxAmount }) => `The signed message allows at most ${maxAmount} base units. Sign for more.`,
  InvalidNonce: () => "The signed payment was already used. To pay again, the payer must sign another.",
  InvalidSigner: () => `The payment was not signed by its payer for this network. ${PAYER_SIGNS_AGAIN}`,
  InvalidSignature: () => `This is not a valid signature. ${SIGN_AGAIN}`,
  InvalidSignatureLength: () => `This is not a valid signature: its length is wrong. ${SIGN_AGAIN}`,
  InvalidContractSignature: () =>
    "The payer's contract wallet does not accept the signature. Sign with the wallet's own app.",
  ECDSAInvalidSignature: () => `This is not a valid signature. ${SIGN_AGAIN}`,
  ECDSAInvalidSignatureLength: () => `This is not a valid signature: its length is wrong. ${SIGN_AGAIN}`,
  ECDSAInvalidSignatureS: () =>
    `The signature is refused, because its s value is in the upper half, which would allow a second valid form of it. ${SIGN_AGAIN}`,

  // Libraries within the contracts
  FailedCall: () =>
    "The recipient refused the money, or an inner call failed without a reason. Name an account that accepts the money.",
  InsufficientBalance: ({ balance, needed }) => `There are only ${balance} wei, but ${needed} are needed. Add more.`,
  ReentrancyGuardReentrantCall: () =>
    "The currency called back into the ledger, which the rules of admission forbid. Use another currency.",
  AddressEmptyCode: ({ target }) => `There is no contract at ${target}. Check the network and the deployment file.`,
  FailedDeployment: () => "The inlet could not be deployed, probably because the gas ran out. Try again.",
  Create2EmptyBytecode: () => CODE_REFUSES,
  CloneArgumentsTooLong: () => CODE_REFUSES,
  InvalidShortString: () => CODE_REFUSES,
  StringTooLong: () => CODE_REFUSES,
  SafeCastOverflowedUintDowncast: () => "A number is larger than the contract can hold. Give a smaller number.",
};
