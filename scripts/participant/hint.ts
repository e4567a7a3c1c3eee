import type { ErrorArguments } from "#client/errors/advice.ts";
import { Refusal } from "#client/errors/refusal.ts";
import { classifyFailure, type FailureKind } from "#protocol/failures/failure.ts";

const SIGN_AS = "Choose the account that signs with --as.";

/** Hints for the command line, added to the advice. */
const HINTS: Record<string, (args: ErrorArguments) => string> = {
  UnknownRelease: () => "`status` shows how many releases exist.",
  CurrencyNotAdmitted: () => "`status` lists the admitted currencies.",
  NotAssetOwner: ({ asset, owner }) =>
    owner === undefined ? `${SIGN_AS} \`status --asset ${asset}\` shows its owner.` : SIGN_AS,
  GrantRequired: ({ release, caller }) =>
    `The owner gives it with: npx hardhat grant ${release} --account ${caller ?? "0x…"}. With --sign, that writes a file, which you name with --grants.`,
  SyncInstead: () => "Run npx hardhat sync <release> without --recover.",
  NoPermit2: () => "Choose it with --way.",
  ERC721IncorrectOwner: () => SIGN_AS,
  ERC1155MissingApprovalForAll: () => SIGN_AS,
};

/** Adds a hint for the command line to a refusal, if there is one. */
export function withHint(refused: Refusal): Refusal {
  const { message, errorName, errorArguments, cause } = refused;
  const hint = errorName === undefined ? undefined : HINTS[errorName]?.(errorArguments);
  return hint === undefined ? refused : new Refusal(`${message} ${hint}`, errorName, errorArguments, cause);
}

const NODE = "The node is that of --network. Its URL comes from the environment or from npx hardhat keystore.";
const KEY = "Store it again: npx hardhat keystore set PRIVATE_KEY.";

const NETWORK_HINTS: { [Kind in FailureKind]?: string } = {
  unreachable: NODE,
  limited: NODE,
  tooLarge: NODE,
  pruned: NODE,
  unauthorized: NODE,
  notNode: NODE,
  badUrl: NODE,
  unsupported: NODE,
  wrongChain: "Choose the network with --network.",
  badKey: KEY,
};

/** Adds to the message of a failure where the node's URL and the key of a command come from. */
export function withNetworkHint(error: unknown, message: string): string {
  const hint = NETWORK_HINTS[classifyFailure(error).kind];
  return hint === undefined ? message : `${message} ${hint}`;
}
