import { type Hints, type Reason, reasonOf as reasonAnywhere } from "#client/errors/explain.ts";

const SIGN_AS = "--as names the account that signs.";

/** What helps at the command line, beside the advice. */
const HINTS: Hints = {
  UnknownRelease: () => "`status` tells how many there are.",
  CurrencyNotAdmitted: () => "`status` lists those it takes.",
  NotAssetOwner: ({ asset }) => `${SIGN_AS} \`status --asset ${asset}\` tells whose it is.`,
  GrantRequired: () => "`grant` gives one, and --grants names the file of a signed one.",
  SyncInstead: () => "`sync` the inlet instead.",
  NoPermit2: () => "--way names the way.",
  ERC721IncorrectOwner: () => SIGN_AS,
  ERC1155MissingApprovalForAll: () => SIGN_AS,
};

/** Why a call failed, in words; undefined if it did not revert but could not be made. */
export const reasonOf = (error: unknown): Reason | undefined => reasonAnywhere(error, HINTS);
