import { parseGrant, type SignedGrant } from "#client/signing/grantFile.ts";
import { readJson } from "#node/files.ts";
import type { Session } from "./session.ts";

/** @throws {UserError} if the file cannot be read, or does not contain a grant of this deployment. */
export const readGrantFile = async ({ deployment }: Session, file: string): Promise<SignedGrant> =>
  parseGrant(await readJson(file), file, deployment);
