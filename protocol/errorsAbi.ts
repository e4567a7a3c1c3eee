import { type Abi, parseAbi } from "viem";
import { abis, timelockAbi } from "./abis.ts";

/** Errors of currencies and of Permit2: OpenZeppelin's for ERC-20, ERC-2612 and ERC-3009, and Permit2's own. */
const externalErrors = parseAbi([
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
  "error ERC20InvalidSender(address sender)",
  "error ERC20InvalidReceiver(address receiver)",
  "error ERC20InvalidApprover(address approver)",
  "error ERC20InvalidSpender(address spender)",
  "error ERC2612ExpiredSignature(uint256 deadline)",
  "error ERC2612InvalidSigner(address signer, address owner)",
  "error InvalidAccountNonce(address account, uint256 currentNonce)",
  "error ERC3009InvalidSignature()",
  "error ERC3009InvalidAuthorizationTime(uint256 validAfter, uint256 validBefore)",
  "error ERC3009UsedAuthorization(address authorizer, bytes32 nonce)",
  "error ECDSAInvalidSignature()",
  "error ECDSAInvalidSignatureLength(uint256 length)",
  "error ECDSAInvalidSignatureS(bytes32 s)",
  "error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)",
  "error SignatureExpired(uint256 signatureDeadline)",
  "error InvalidAmount(uint256 maxAmount)",
  "error InvalidNonce()",
  "error InvalidSigner()",
  "error InvalidSignature()",
  "error InvalidSignatureLength()",
  "error InvalidContractSignature()",
]);

/** Every error that a participant's transaction can revert with, each once. */
export const errorsAbi: Abi = [
  ...new Map(
    [...Object.values(abis), timelockAbi, externalErrors]
      .flatMap((abi) => (abi as Abi).filter((item) => item.type === "error"))
      .map((error) => [JSON.stringify([error.name, error.inputs.map(({ type }) => type)]), error]),
  ).values(),
];
