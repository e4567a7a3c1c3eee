import type { ErrorArguments } from "#client/errors/advice.ts";
import { Refused } from "#client/errors/refused.ts";

const SIGN_AS = "--as names the account that signs.";

/** Help at the command line, beside the advice. */
const HINTS: Record<string, (args: ErrorArguments) => string> = {
  UnknownRelease: () => "`status` tells how many there are.",
  CurrencyNotAdmitted: () => "`status` lists those it takes.",
  NotAssetOwner: ({ asset, owner }) =>
    owner === undefined ? `${SIGN_AS} \`status --asset ${asset}\` tells whose it is.` : SIGN_AS,
  GrantRequired: ({ release, caller }) =>
    `The owner gives it: npx hardhat grant ${release} --account ${caller ?? "0x…"}, or with --sign for a file that you give with --grants.`,
  SyncInstead: () => "`sync` the inlet instead.",
  NoPermit2: () => "--way names the way.",
  ERC721IncorrectOwner: () => SIGN_AS,
  ERC1155MissingApprovalForAll: () => SIGN_AS,
};

/** Adds to a refusal what helps at the command line. */
export function withHint(refused: Refused): Refused {
  const { message, errorName, errorArguments, cause } = refused;
  const hint = errorName === undefined ? undefined : HINTS[errorName]?.(errorArguments);
  return hint === undefined ? refused : new Refused(`${message} ${hint}`, errorName, errorArguments, cause);
}
