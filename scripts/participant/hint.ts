import type { ErrorArguments } from "#client/errors/advice.ts";
import { Refusal } from "#client/errors/refusal.ts";

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
